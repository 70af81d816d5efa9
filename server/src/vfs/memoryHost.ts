/** A host over a map of texts: for tests, for browser workers and for analysing a snapshot. Links can be declared. */
import type { DirectoryEntry, FileContent, Host } from "./host.ts";
import { type FilePath, isInside, normalizePath } from "./path.ts";

export class MemoryHost implements Host {
  readonly files = new Map<FilePath, string>();
  readonly #links = new Map<FilePath, FilePath>();

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [path, text] of Object.entries(files)) this.files.set(normalizePath(path), text);
  }

  /** Makes `path` a link to `target`, a file or directory. */
  link(path: FilePath, target: FilePath): void {
    this.#links.set(normalizePath(path), normalizePath(target));
  }

  readFile(path: FilePath): FileContent {
    const text = this.files.get(this.realPath(path));
    return text === undefined ? { kind: "missing" } : { kind: "text", text };
  }

  readDirectory(path: FilePath): readonly DirectoryEntry[] | undefined {
    const directory = this.realPath(path);
    const prefix = directory.endsWith("/") ? directory : `${directory}/`;
    const entries = new Map<string, DirectoryEntry>();
    for (const file of this.files.keys()) {
      if (!file.startsWith(prefix)) continue;
      const [name, ...rest] = file.slice(prefix.length).split("/");
      if (name !== undefined) entries.set(name, { name, kind: rest.length === 0 ? "file" : "directory", link: false });
    }
    for (const [link, target] of this.#links) {
      if (!link.startsWith(prefix)) continue;
      const [name, ...rest] = link.slice(prefix.length).split("/");
      if (name === undefined) continue;
      if (rest.length > 0) entries.set(name, { name, kind: "directory", link: false });
      else entries.set(name, { name, kind: this.files.has(this.realPath(target)) ? "file" : "directory", link: true });
    }
    if (entries.size === 0) return undefined;
    return [...entries.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  realPath(path: FilePath): FilePath {
    let current = path;
    for (let hops = 0; hops < 40; hops++) {
      const link = [...this.#links].find(([from]) => isInside(current, from));
      if (link === undefined) return current;
      current = `${link[1]}${current.slice(link[0].length)}`;
    }
    return path;
  }
}
