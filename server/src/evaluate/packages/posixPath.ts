/** Node's `path` functions over paths with `/`, without Node. */

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

function normalize(path: string): string {
  if (path === "") return ".";
  const absolute = path.startsWith("/");
  const inner = normalizeParts(path, absolute);
  const trailing = path.endsWith("/") && inner !== "" ? "/" : "";
  if (inner === "" && !absolute) return path.endsWith("/") ? "./" : ".";
  return `${absolute ? "/" : ""}${inner}${trailing}`;
}

function dirname(path: string): string {
  const trimmed = path.replace(/(?<=.)\/+$/, "");
  const slash = trimmed.lastIndexOf("/");
  if (slash < 0) return ".";
  return slash === 0 ? "/" : trimmed.slice(0, slash).replace(/(?<=.)\/+$/, "");
}

function basename(path: string, suffix?: string): string {
  const name = path.replace(/\/+$/, "").replace(/^.*\//s, "");
  return suffix !== undefined && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}

function extname(path: string): string {
  const name = basename(path);
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(dot) : "";
}

/** The functions as they work in a process started in `cwd`. */
export function posix(cwd: string): PosixPath {
  const resolve = (...parts: string[]): string => {
    let path = "";
    for (let index = parts.length - 1; index >= 0 && !path.startsWith("/"); index--) {
      const part = parts[index]!;
      if (part !== "") path = path === "" ? part : `${part}/${path}`;
    }
    if (!path.startsWith("/")) path = `${cwd}/${path}`;
    return `/${normalizeParts(path, true)}`;
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
    return joined === "" ? "." : normalize(joined);
  };
  return { normalize, join, resolve, dirname, basename, extname, relative, isAbsolute: (path) => path.startsWith("/") };
}
