/**
 * What an analysis has looked at on the disk, so that a later run can tell whether it would see the same. Folders and
 * links are looked at again; of files the system's own account is believed: times, size and identity.
 */

import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { append } from "../base/append.ts";
import type { DirectoryEntry, Host } from "../vfs/host.ts";
import { type FilePath, normalizePath, parentPath } from "../vfs/path.ts";
import type { NodeHost } from "./nodeHost.ts";

/** As data: paths of files by folder, a digest of what folders hold, where links lead, one digest of all files' stamps. */
export interface Testimony {
  readonly folders: readonly (readonly [FilePath, string])[];
  readonly links: readonly (readonly [FilePath, FilePath])[];
  readonly files: readonly (readonly [FilePath, readonly string[]])[];
  readonly stamps: string;
}

/** Milliseconds: a file that was changed so shortly before a run, or in it, may change again and look the same. */
const FINE_MARGIN = 50;
const COARSE_MARGIN = 2500;

export class Witness implements Host {
  readonly #host: NodeHost;
  readonly #begin: number;
  readonly #files = new Set<FilePath>();
  readonly #folders = new Map<FilePath, string>();
  readonly #links = new Map<FilePath, FilePath>();
  /** Something has changed while it was looked at. */
  #torn = false;

  /** `begin`: the time, in milliseconds, before which nothing was read. */
  constructor(host: NodeHost, begin: number) {
    this.#host = host;
    this.#begin = begin;
  }

  derivedAhead(path: FilePath): ReturnType<NonNullable<Host["derivedAhead"]>> {
    const found = this.#host.derivedAhead?.(path);
    if (found !== undefined) this.#files.add(path);
    return found;
  }

  readFile(path: FilePath): ReturnType<Host["readFile"]> {
    this.#files.add(path);
    return this.#host.readFile(path);
  }

  readDirectory(path: FilePath): readonly DirectoryEntry[] | undefined {
    const entries = this.#host.readDirectory(path);
    this.#note(this.#folders, path, digestOf(path, entries));
    return entries;
  }

  realPath(path: FilePath): FilePath {
    const real = this.#host.realPath(path);
    this.#note(this.#links, path, real);
    return real;
  }

  #note(table: Map<FilePath, string>, path: FilePath, value: string): void {
    const before = table.get(path);
    if (before !== undefined && before !== value) this.#torn = true;
    table.set(path, value);
  }

  /** `undefined` where what was seen may be gone already. */
  testimony(): Testimony | undefined {
    const byFolder = new Map<FilePath, string[]>();
    for (const path of [...this.#files].sort()) {
      const folder = parentPath(path);
      append(byFolder, folder, path.slice(folder.length));
    }
    const files = [...byFolder];
    const stamps = stampsOf(this.#host, files, this.#begin);
    if (this.#torn || stamps === undefined) return undefined;
    return { folders: [...this.#folders], links: [...this.#links], files, stamps };
  }
}

/** Whether everything that was looked at is as it was. */
export function stillTrue(host: NodeHost, { folders, links, files, stamps }: Testimony): boolean {
  return (
    folders.every(([path, digest]) => digestOf(path, host.readDirectory(path)) === digest) &&
    links.every(([path, real]) => host.realPath(path) === real) &&
    stampsOf(host, files, undefined) === stamps
  );
}

/** Where everybody's files come and go; nobody's sources are in them directly. */
const COMMON_GROUND: ReadonlySet<FilePath> = new Set(
  [path.parse(os.homedir()).root, os.homedir(), os.tmpdir()].map((folder) => normalizePath(folder)),
);
/** What is looked for in folders above a workspace. */
const LOOKED_FOR = /^node_modules$|\.(?:json[c5]?|ya?ml|lockb?|toml|[cm]?[jt]sx?)$|rc$/;

function digestOf(folder: FilePath, listed: readonly DirectoryEntry[] | undefined): string {
  const entries = COMMON_GROUND.has(folder) ? listed?.filter(({ name }) => LOOKED_FOR.test(name)) : listed;
  const text = entries?.map(({ name, kind, link }) => `${name}\0${kind}\0${link}`).join("\0\0") ?? "none";
  return createHash("sha1").update(text).digest("base64");
}

/** One digest of all; `undefined` where one was changed shortly before `begin` or since. */
function stampsOf(host: NodeHost, files: Testimony["files"], begin: number | undefined): string | undefined {
  const hash = createHash("sha1");
  for (const [folder, names] of files) {
    let text = "";
    for (const name of names) {
      const stat = statOf(host.placeOf(folder + name));
      if (begin !== undefined && stat !== undefined && isRecent(stat, begin)) return undefined;
      text += stat === undefined ? "none;" : `${stat.mtimeMs},${stat.ctimeMs},${stat.size},${stat.ino},${stat.mode};`;
    }
    hash.update(text);
  }
  return hash.digest("base64");
}

function statOf(path: FilePath): fs.Stats | undefined {
  try {
    return fs.statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** File systems that keep whole seconds cannot tell two changes in one. */
function isRecent({ mtimeMs, ctimeMs }: fs.Stats, begin: number): boolean {
  const margin = ctimeMs % 1000 === 0 ? COARSE_MARGIN : FINE_MARGIN;
  return Math.max(mtimeMs, ctimeMs) > begin - margin;
}
