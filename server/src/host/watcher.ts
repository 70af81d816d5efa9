/** Watches a folder for clients that cannot watch for the server. Changes come in batches. */
import fs from "node:fs";
import { type FilePath, joinPath } from "../vfs/path.ts";

const BATCH_DELAY = 150;
const IGNORED = /(?:^|[\\/])(?:\.git|node_modules[\\/].+[\\/](?!package\.json$))/;

/** Returns how to stop; a folder that cannot be watched is reported by `onError` and left alone. */
export function watchFolder(
  root: FilePath,
  onChange: (paths: readonly FilePath[]) => void,
  onError: (error: unknown) => void,
): () => void {
  const changed = new Set<FilePath>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    const paths = [...changed];
    changed.clear();
    onChange(paths);
  };
  try {
    const watcher = fs.watch(root, { recursive: true, persistent: false }, (_event, name) => {
      if (name === null || IGNORED.test(name)) return;
      changed.add(joinPath(root, name));
      timer ??= setTimeout(flush, BATCH_DELAY);
    });
    watcher.on("error", onError);
    return () => {
      clearTimeout(timer);
      watcher.close();
    };
  } catch (error) {
    onError(error);
    return () => {};
  }
}
