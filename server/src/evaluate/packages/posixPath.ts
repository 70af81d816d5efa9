/**
 * Node's `path` functions over paths with `/`, without Node. Where the process works on a drive (`c:/ws`), a path may begin
 * with one too, as on Windows; separators stay `/`.
 */

export interface PosixPath {
  readonly normalize: (path: string) => string;
  readonly join: (...parts: string[]) => string;
  readonly resolve: (...parts: string[]) => string;
  readonly dirname: (path: string) => string;
  readonly basename: (path: string, suffix?: string) => string;
  readonly extname: (path: string) => string;
  readonly relative: (from: string, to: string) => string;
  readonly isAbsolute: (path: string) => boolean;
}

function normalizeParts(path: string, absolute: boolean): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (!absolute) parts.push("..");
  }
  return parts.join("/");
}

/** The drive and slash that an absolute path begins with; empty for a relative one. */
type RootOf = (path: string) => string;

const withoutDrives: RootOf = (path) => (path.startsWith("/") ? "/" : "");
const withDrives: RootOf = (path) => /^(?:[A-Za-z]:)?\//.exec(path)?.[0] ?? "";

function normalize(path: string, rootOf: RootOf): string {
  if (path === "") return ".";
  const root = rootOf(path);
  const inner = normalizeParts(path.slice(root.length), root !== "");
  const trailing = path.endsWith("/") && inner !== "" ? "/" : "";
  if (inner === "" && root === "") return path.endsWith("/") ? "./" : ".";
  return `${root}${inner}${trailing}`;
}

function dirname(path: string, rootOf: RootOf): string {
  const root = rootOf(path);
  const inner = path.slice(root.length).replace(/\/+$/, "");
  const slash = inner.lastIndexOf("/");
  // Of `//a` both slashes are left.
  return slash < 0 ? root || "." : root + (slash === 0 ? "/" : inner.slice(0, slash));
}

function basename(path: string, rootOf: RootOf, suffix?: string): string {
  const name = path.slice(rootOf(path).length).replace(/\/+$/, "").replace(/^.*\//s, "");
  return suffix !== undefined && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}

function extname(path: string, rootOf: RootOf): string {
  const name = basename(path, rootOf);
  const dot = name.lastIndexOf(".");
  return dot > 0 && name !== ".." ? name.slice(dot) : "";
}

/** The functions as they work in a process started in `cwd`. */
export function posix(cwd: string): PosixPath {
  const drive = /^[A-Za-z]:(?=\/)/.exec(cwd)?.[0] ?? "";
  const rootOf = drive === "" ? withoutDrives : withDrives;
  const resolve = (...parts: string[]): string => {
    let path = "";
    for (let index = parts.length - 1; index >= 0 && rootOf(path) === ""; index--) {
      const part = parts[index]!;
      if (part !== "") path = path === "" ? part : `${part}/${path}`;
    }
    if (rootOf(path) === "") path = `${cwd}/${path}`;
    const root = rootOf(path);
    return `${root === "/" ? `${drive}/` : root}${normalizeParts(path.slice(root.length), true)}`;
  };
  const relative = (from: string, to: string): string => {
    const left = resolve(from).split("/").filter(Boolean);
    const right = resolve(to).split("/").filter(Boolean);
    let common = 0;
    while (common < left.length && common < right.length && left[common] === right[common]) common++;
    return [...left.slice(common).map(() => ".."), ...right.slice(common)].join("/");
  };
  const join = (...parts: string[]): string => {
    const joined = parts.filter((part) => part !== "").join("/");
    return joined === "" ? "." : normalize(joined, rootOf);
  };
  return {
    normalize: (path) => normalize(path, rootOf),
    join,
    resolve,
    dirname: (path) => dirname(path, rootOf),
    basename: (path, suffix) => basename(path, rootOf, suffix),
    extname: (path) => extname(path, rootOf),
    relative,
    isAbsolute: (path) => rootOf(path) !== "",
  };
}
