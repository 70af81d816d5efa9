/**
 * Finds the file that a configuration imports: relative files, tsconfig paths, packages of the workspace (their sources,
 * also when they have not been built). Published packages are not evaluated; of them only JSON files are read.
 */

import { ancestorsOf, type FilePath, isAbsolutePath, isInside, joinPath, parentPath } from "../vfs/path.ts";
import { type Db, isDirectory, isFile, realPathOf } from "../vfs/vfs.ts";
import { pathMappings } from "./pathMappings.ts";
import { packageIdentity, workspacePackages } from "./workspaceTree.ts";

export type Resolved =
  | { readonly kind: "file"; readonly file: FilePath }
  /** A module that is not evaluated: built into Node or published. */
  | { readonly kind: "package"; readonly module: string }
  | { readonly kind: "missing" };

const EXTENSIONS = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json"];

/** `x.js` in an import of TypeScript code means `x.ts`. */
const REWRITTEN: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\.js$/, [".ts", ".tsx"]],
  [/\.mjs$/, [".mts"]],
  [/\.cjs$/, [".cts"]],
  [/\.jsx$/, [".tsx"]],
];

/** A file by its path as written in a request: with any extension left out, or a folder's index. */
export function probeFile(db: Db, path: FilePath): FilePath | undefined {
  if (isFile(db, path)) return path;
  for (const [pattern, extensions] of REWRITTEN) {
    if (!pattern.test(path)) continue;
    for (const extension of extensions) {
      const candidate = path.replace(pattern, extension);
      if (isFile(db, candidate)) return candidate;
    }
  }
  for (const extension of EXTENSIONS) if (isFile(db, path + extension)) return path + extension;
  if (!isDirectory(db, path)) return undefined;
  return packageEntry(db, path, ".");
}

function indexOf(db: Db, directory: FilePath): FilePath | undefined {
  for (const extension of EXTENSIONS) {
    const candidate = joinPath(directory, `index${extension}`);
    if (isFile(db, candidate)) return candidate;
  }
  return undefined;
}

/** The file that a package gives for a subpath (`.` for itself). */
function packageEntry(db: Db, directory: FilePath, subpath: string): FilePath | undefined {
  const { entries } = packageIdentity(db, joinPath(directory, "package.json"));
  for (const target of entryTargets(entries, subpath)) {
    const file = builtOrSource(db, directory, target);
    if (file !== undefined) return file;
  }
  if (subpath !== ".") {
    return probePlain(db, joinPath(directory, subpath)) ?? probePlain(db, joinPath(directory, "src", subpath));
  }
  return indexOf(db, directory) ?? indexOf(db, joinPath(directory, "src")) ?? indexOf(db, joinPath(directory, "lib"));
}

/** Whether a file is what its package gives those that import the package by its name. */
export function isPackageEntry(db: Db, directory: FilePath, file: FilePath): boolean {
  const { name } = packageIdentity(db, joinPath(directory, "package.json"));
  return name !== undefined && packageEntry(db, directory, ".") === file;
}

function probePlain(db: Db, path: FilePath): FilePath | undefined {
  if (isFile(db, path)) return path;
  for (const extension of EXTENSIONS) if (isFile(db, path + extension)) return path + extension;
  return isDirectory(db, path) ? indexOf(db, path) : undefined;
}

/** Build output may not be there; then the source it is made from is looked for by the usual names. */
function builtOrSource(db: Db, directory: FilePath, target: string): FilePath | undefined {
  const exact = probePlain(db, joinPath(directory, target));
  if (exact !== undefined && !/\.d\.[cm]?ts$/.test(exact)) return exact;
  const bare = target.replace(/^\.\//, "").replace(/(?:\.d)?\.[cm]?[jt]sx?$/, "");
  const inner = bare.replace(
    /^(?:dist|lib|build|out|output|esm|cjs|es|bundle)\/(?:(?:esm|cjs|es|lib|src|types)\/)?/,
    "",
  );
  for (const candidate of [`src/${inner}`, inner]) {
    const found = probePlain(db, joinPath(directory, candidate));
    if (found !== undefined) return found;
  }
  return undefined;
}

const CONDITIONS = ["source", "development", "import", "node", "require", "default", "types"];

function entryTargets(entries: Readonly<Record<string, unknown>>, subpath: string): readonly string[] {
  const targets: string[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (depth > 6) return;
    if (typeof value === "string") targets.push(value);
    else if (typeof value === "object" && value !== null) {
      const record = value as Record<string, unknown>;
      for (const condition of CONDITIONS) if (condition in record) visit(record[condition], depth + 1);
    }
  };
  const { exports } = entries;
  if (typeof exports === "object" && exports !== null && Object.keys(exports).some((key) => key.startsWith("."))) {
    visit((exports as Record<string, unknown>)[subpath], 0);
    if (targets.length === 0) visit(wildcardTarget(exports as Record<string, unknown>, subpath), 0);
  } else if (subpath === ".") visit(exports, 0);
  if (subpath === ".") for (const key of ["source", "module", "main", "types"]) visit(entries[key], 0);
  return targets;
}

function wildcardTarget(exports: Record<string, unknown>, subpath: string): unknown {
  for (const [pattern, target] of Object.entries(exports)) {
    const star = pattern.indexOf("*");
    if (star < 0 || !subpath.startsWith(pattern.slice(0, star)) || !subpath.endsWith(pattern.slice(star + 1))) continue;
    const matched = subpath.slice(star, subpath.length - (pattern.length - star - 1));
    const text = JSON.stringify(target);
    return text === undefined ? undefined : (JSON.parse(text.replaceAll("*", matched)) as unknown);
  }
  return undefined;
}

/** `@scope/name/sub/path` → its package and subpath. */
export function splitPackage(specifier: string): { readonly name: string; readonly subpath: string } {
  const parts = specifier.split("/");
  const name = parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
  const rest = specifier.slice(name.length + 1);
  return { name, subpath: rest === "" ? "." : `./${rest}` };
}

/** Resolves a request of a file. `covered` tells the modules that are modelled and so are never looked for. */
export function resolveRequest(
  db: Db,
  root: FilePath,
  from: FilePath,
  specifier: string,
  covered: (module: string) => boolean,
): Resolved {
  const request = specifier.replace(/^node:/, "").replace(/[?#].*$/, "");
  if (request.startsWith(".") || isAbsolutePath(request)) {
    const file = probeFile(db, joinPath(parentPath(from), request));
    return file === undefined ? { kind: "missing" } : { kind: "file", file };
  }
  if (covered(request) && !request.endsWith("/package.json")) return { kind: "package", module: request };
  const file =
    mappedFile(db, root, from, request) ?? workspaceFile(db, root, from, request) ?? installedJson(db, from, request);
  return file === undefined ? { kind: "package", module: request } : { kind: "file", file };
}

function mappedFile(db: Db, root: FilePath, from: FilePath, request: string): FilePath | undefined {
  for (const target of pathMappings(db, root, parentPath(from), request)) {
    const file = probeFile(db, target);
    if (file !== undefined && !file.includes("/node_modules/") && !/\.d\.[cm]?ts$/.test(file)) return file;
  }
  return undefined;
}

function workspaceFile(db: Db, root: FilePath, from: FilePath, request: string): FilePath | undefined {
  const { name, subpath } = splitPackage(request);
  const linked = installedDirectory(db, from, name);
  const real = linked === undefined ? undefined : realPathOf(db, linked);
  const inWorkspace = real !== undefined && isInside(real, root) && !real.includes("/node_modules/") ? real : undefined;
  const directory = inWorkspace ?? (linked === undefined ? workspacePackages(db, root).get(name) : undefined);
  return directory === undefined ? undefined : packageEntry(db, directory, subpath);
}

/** The folder of an installed package, seen from a file. */
export function installedDirectory(db: Db, from: FilePath, name: string): FilePath | undefined {
  for (const ancestor of ancestorsOf(parentPath(from))) {
    const directory = joinPath(ancestor, "node_modules", name);
    if (isDirectory(db, directory)) return directory;
  }
  return undefined;
}

function installedJson(db: Db, from: FilePath, request: string): FilePath | undefined {
  if (!request.endsWith(".json")) return undefined;
  const { name, subpath } = splitPackage(request);
  const directory = installedDirectory(db, from, name);
  const file = directory === undefined ? undefined : joinPath(directory, subpath);
  return file !== undefined && isFile(db, file) ? file : undefined;
}
