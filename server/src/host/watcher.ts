/**
 * Watches folders for clients that cannot watch for the server: each by itself, and only those that the analysis has
 * looked into, since a watch of a whole tree costs one for each file on some systems. Changes come in batches.
 */
import fs from "node:fs";
import { type FilePath, joinPath } from "../vfs/path.ts";

const BATCH_DELAY = 150;

export class FolderWatcher {
  readonly #onChange: (paths: readonly FilePath[]) => void;
  readonly #onError: (error: unknown) => void;
  readonly #watched = new Map<FilePath, fs.FSWatcher>();
  readonly #changed = new Set<FilePath>();
  #timer: NodeJS.Timeout | undefined;
  /** The system refuses more: that is told once. */
  #refused = false;

  constructor(onChange: (paths: readonly FilePath[]) => void, onError: (error: unknown) => void) {
    this.#onChange = onChange;
    this.#onError = onError;
  }

  /** From now on these folders, without what is below them, and no others. Missing ones are left out. */
  follow(folders: ReadonlySet<FilePath>): void {
    for (const [folder, watcher] of this.#watched) {
      if (folders.has(folder)) continue;
      watcher.close();
      this.#watched.delete(folder);
    }
    for (const folder of folders) if (!this.#watched.has(folder)) this.#watch(folder);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.follow(new Set());
  }

  #watch(folder: FilePath): void {
    try {
      const watcher = fs.watch(folder, { persistent: false }, (_event, name) => {
        this.#report(name === null ? folder : joinPath(folder, name));
      });
      // A folder that goes ends its watch; the folder above reports it.
      watcher.on("error", () => {
        watcher.close();
        this.#watched.delete(folder);
      });
      this.#watched.set(folder, watcher);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT" || code === "ENOTDIR" || this.#refused) return;
      this.#refused = true;
      this.#onError(error);
    }
  }

  #report(path: FilePath): void {
    this.#changed.add(path);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const paths = [...this.#changed];
      this.#changed.clear();
      this.#onChange(paths);
    }, BATCH_DELAY);
  }
}
