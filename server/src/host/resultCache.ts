/**
 * Results of whole analyses on the disk, each with what it was made of: a second run over an unchanged workspace prints
 * the first one's. Outside of the workspace, bounded, and never in the way: what is damaged, stale or of another version
 * is as if it were not there, and what cannot be written is not.
 */
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { NodeHost } from "./nodeHost.ts";
import { stillTrue, type Testimony } from "./witness.ts";

/** Bytes in all; the results that were made longest ago go first. */
const MOST_BYTES = 256 * 1024 * 1024;
const SUFFIX = ".fedlens";

/** `FEDLENS_CACHE_DIR`, or where the system keeps what can be made again. */
export function cacheFolder(): string {
  const { FEDLENS_CACHE_DIR, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (FEDLENS_CACHE_DIR) return path.resolve(FEDLENS_CACHE_DIR);
  const home = os.homedir();
  const base =
    process.platform === "win32"
      ? (LOCALAPPDATA ?? path.join(home, "AppData", "Local"))
      : process.platform === "darwin"
        ? path.join(home, "Library", "Caches")
        : XDG_CACHE_HOME && path.isAbsolute(XDG_CACHE_HOME)
          ? XDG_CACHE_HOME
          : path.join(home, ".cache");
  return path.join(base, "federation-lens");
}

interface Stored<T> {
  readonly testimony: Testimony;
  readonly result: T;
}

/** A result that one question has. */
export class ResultCache<T> {
  readonly #folder: string;
  readonly #file: string;

  /** @param question everything that the result depends on beside files, the program's own version included */
  constructor(folder: string, question: unknown) {
    this.#folder = folder;
    this.#file = path.join(folder, `${checksum(JSON.stringify(question))}${SUFFIX}`);
  }

  /** The stored result where everything that it was made of is as it was. */
  read(host: NodeHost): T | undefined {
    try {
      const text = fs.readFileSync(this.#file, "utf8");
      const end = text.indexOf("\n");
      if (text.slice(0, end) !== checksum(text.slice(end + 1))) return undefined;
      const { testimony, result } = JSON.parse(text.slice(end + 1)) as Stored<T>;
      return stillTrue(host, testimony) ? result : undefined;
    } catch {
      return undefined;
    }
  }

  write(testimony: Testimony, result: T): void {
    const text = JSON.stringify({ testimony, result } satisfies Stored<T>);
    // Written aside and renamed: a reader sees the old one or the new one, whole.
    const aside = `${this.#file}.${process.pid}.tmp`;
    try {
      fs.mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      fs.writeFileSync(aside, `${checksum(text)}\n${text}`, { mode: 0o600 });
      fs.renameSync(aside, this.#file);
      makeRoom(this.#folder, this.#file);
    } catch {
      remove(aside);
    }
  }
}

/** Another run may have been faster, or the folder may be nobody's to write to. */
function remove(file: string): void {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // It stays, and is in nobody's way.
  }
}

function checksum(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

interface StoredFile {
  readonly file: string;
  readonly size: number;
  readonly time: number;
}

function storedFiles(folder: string): readonly StoredFile[] {
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  return names.flatMap((name) => {
    const file = path.join(folder, name);
    const stat = name.includes(SUFFIX) ? fs.statSync(file, { throwIfNoEntry: false }) : undefined;
    return stat?.isFile() ? [{ file, size: stat.size, time: stat.mtimeMs }] : [];
  });
}

function makeRoom(folder: string, newest: string): void {
  let room = MOST_BYTES;
  for (const { file, size } of [...storedFiles(folder)].sort((left, right) => right.time - left.time)) {
    room -= size;
    if (room < 0 && file !== newest) remove(file);
  }
}

/** Removes every stored result; returns how many there were. */
export function clearResults(folder: string): number {
  const files = storedFiles(folder);
  for (const { file } of files) remove(file);
  return files.length;
}
