/**
 * File paths in one normal form: absolute, `/` as separator, no `.` or `..`, no trailing slash but for a root,
 * a Windows drive letter in lower case (`c:/work/app`). Made once at the edge (`normalizePath`), compared as strings.
 */
export type FilePath = string;

/** What already has the normal form, as nearly every path does that comes back through here. */
const NORMAL = /^\/(?!\/|\.{1,2}(?:\/|$))(?:[^/\\]|\/(?![/.]|$))*$/;

export function normalizePath(path: string): FilePath {
  if (NORMAL.test(path)) return path;
  const slashed = path.replaceAll("\\", "/");
  const drive = /^[A-Za-z]:/.exec(slashed)?.[0].toLowerCase() ?? "";
  const rest = slashed.slice(drive.length);
  const parts: string[] = [];
  for (const part of rest.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") parts.pop();
    else parts.push(part);
  }
  return `${drive}/${parts.join("/")}`;
}

export function isAbsolutePath(path: string): boolean {
  return /^(?:[A-Za-z]:)?[\\/]/.test(path);
}

/** `.` and `..`, or a path that begins with one of them. */
export function isRelativePath(path: string): boolean {
  return /^\.\.?(?:\/|$)/.test(path);
}

/** What a relative request of code is made of, mostly: steps up and down, then plain names. */
const RELATIVE = /^(\.\/|(?:\.\.\/)+)(?![./\\])(?:[^/\\]|\/(?![/.]|$))+$/;

/** A name of an entry of a folder. */
const PLAIN_NAME = /^(?!\.{1,2}$)[^/\\]+$/;

/** The last absolute segment wins, as with `path.resolve`. */
export function joinPath(base: FilePath, ...segments: readonly string[]): FilePath {
  if (segments.length === 1 && PLAIN_NAME.test(segments[0]!))
    return base.endsWith("/") ? base + segments[0] : `${base}/${segments[0]}`;
  const steps = segments.length === 1 ? RELATIVE.exec(segments[0]!)?.[1] : undefined;
  if (steps !== undefined) {
    let end = base.length;
    if (steps !== "./") for (let up = steps.length; up > 0 && end > 0; up -= 3) end = base.lastIndexOf("/", end - 1);
    if (end > 1 && base[end - 1] !== ":") return `${base.slice(0, end)}/${segments[0]!.slice(steps.length)}`;
  }
  let path = base;
  for (const segment of segments) path = isAbsolutePath(segment) ? segment : `${path}/${segment}`;
  return normalizePath(path);
}

/** A root is its own parent. */
export function parentPath(path: FilePath): FilePath {
  const slash = path.lastIndexOf("/");
  if (slash < 0) return path;
  if (slash === 0) return "/";
  return /^[a-z]:\/[^/]*$/.test(path) ? path.slice(0, slash + 1) : path.slice(0, slash);
}

export function baseName(path: FilePath): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** With its dot, in lower case; empty for none. */
export function extensionOf(path: FilePath): string {
  const name = baseName(path);
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(dot).toLowerCase() : "";
}

export function isInside(path: FilePath, directory: FilePath): boolean {
  return path === directory || path.startsWith(directory.endsWith("/") ? directory : `${directory}/`);
}

/** Path from a directory to a file, with `/`; `./` is not prefixed; `""` when they are the same. */
export function relativePath(from: FilePath, to: FilePath): string {
  const fromParts = from.split("/").filter(Boolean);
  const toParts = to.split("/").filter(Boolean);
  let common = 0;
  while (common < fromParts.length && common < toParts.length && fromParts[common] === toParts[common]) common++;
  return [...fromParts.slice(common).map(() => ".."), ...toParts.slice(common)].join("/");
}

/** The directory and each above it up to the root, nearest first. */
export function* ancestorsOf(directory: FilePath): Generator<FilePath> {
  for (let current = directory; ; current = parentPath(current)) {
    yield current;
    if (parentPath(current) === current) return;
  }
}
