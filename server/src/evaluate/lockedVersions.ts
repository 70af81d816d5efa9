/** Versions that a lockfile fixes, for packages that are not installed where the workspace is analysed. */
import { parse } from "yaml";
import { query } from "../query/database.ts";
import { ancestorsOf, type FilePath, joinPath, parentPath, relativePath } from "../vfs/path.ts";
import { type Db, fileText, isFile, type World } from "../vfs/vfs.ts";
import { readJson } from "./workspaceTree.ts";

/** Importing folder relative to the lockfile (`.` for its own) → package → version. `""` holds what is valid everywhere. */
type LockedVersions = ReadonlyMap<string, ReadonlyMap<string, string>>;

const LOCKFILES = ["pnpm-lock.yaml", "package-lock.json", "yarn.lock"];
const LONGEST_LOCKFILE = 8_000_000;

const lockedIn = query<World, LockedVersions>("lockedVersions", (db, file) => {
  const text = fileText(db, file);
  if (text === undefined || text.length > LONGEST_LOCKFILE) return new Map();
  try {
    if (file.endsWith(".yaml")) return pnpmVersions(text);
    return file.endsWith(".json") ? npmVersions(readJson(db, file) ?? {}) : new Map();
  } catch {
    return new Map();
  }
});

/** Only the part that lists importers is parsed: the rest is long and not needed. */
function pnpmVersions(text: string): LockedVersions {
  const start = text.search(/^importers:$/m);
  const end = text.search(/^packages:$/m);
  const versions = new Map<string, Map<string, string>>();
  if (start < 0) return versions;
  const data = parse(text.slice(start, end > start ? end : undefined)) as {
    importers?: Record<string, Record<string, unknown>>;
  };
  for (const [folder, fields] of Object.entries(data.importers ?? {})) {
    const own = new Map<string, string>();
    for (const field of ["devDependencies", "optionalDependencies", "dependencies"]) {
      for (const [name, entry] of Object.entries((fields[field] ?? {}) as Record<string, { version?: unknown }>)) {
        const version = typeof entry?.version === "string" ? /^\d[^(]*/.exec(entry.version)?.[0] : undefined;
        if (version !== undefined) own.set(name, version);
      }
    }
    versions.set(folder, own);
  }
  return versions;
}

function npmVersions(data: Record<string, unknown>): LockedVersions {
  const versions = new Map<string, Map<string, string>>();
  for (const [path, entry] of Object.entries((data.packages ?? {}) as Record<string, { version?: unknown }>)) {
    const match = /^(?:(.*?)\/)?node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path);
    if (match === null || typeof entry.version !== "string") continue;
    const folder = match[1] ?? ".";
    if (folder.includes("node_modules")) continue;
    const own = versions.get(folder) ?? new Map<string, string>();
    own.set(match[2]!, entry.version);
    versions.set(folder, own);
  }
  return versions;
}

/** The version of a package that a file would import, as the nearest lockfile says. */
export function lockedVersion(db: Db, from: FilePath, name: string): string | undefined {
  for (const directory of ancestorsOf(parentPath(from))) {
    const lockfile = LOCKFILES.map((candidate) => joinPath(directory, candidate)).find((candidate) =>
      isFile(db, candidate),
    );
    if (lockfile === undefined) continue;
    if (lockfile.endsWith("yarn.lock")) return yarnVersion(db, lockfile, from, name);
    const versions = db.get(lockedIn, lockfile);
    for (const folder of ancestorsOf(parentPath(from))) {
      const version = versions.get(relativePath(directory, folder) || ".")?.get(name);
      if (version !== undefined) return version;
      if (folder === directory) return undefined;
    }
  }
  return undefined;
}

/** `yarn.lock` is keyed by name and range, so the range is looked up in the manifests above first. */
function yarnVersion(db: Db, lockfile: FilePath, from: FilePath, name: string): string | undefined {
  const text = fileText(db, lockfile);
  if (text === undefined || text.length > LONGEST_LOCKFILE) return undefined;
  for (const directory of ancestorsOf(parentPath(from))) {
    const manifest = readJson(db, joinPath(directory, "package.json")) as
      | Record<string, Record<string, string> | undefined>
      | undefined;
    const range = manifest?.dependencies?.[name] ?? manifest?.devDependencies?.[name];
    if (typeof range === "string") {
      const header = text
        .split("\n")
        .findIndex(
          (line) =>
            /^\S.*:\s*$/.test(line) &&
            headerNames(line).some((entry) => entry === `${name}@${range}` || entry === `${name}@npm:${range}`),
        );
      if (header < 0) return undefined;
      return /^\s+version:?\s+"?([^"\s]+)"?/m.exec(
        text
          .split("\n")
          .slice(header + 1, header + 6)
          .join("\n"),
      )?.[1];
    }
    if (directory === parentPath(lockfile)) return undefined;
  }
  return undefined;
}

function headerNames(line: string): readonly string[] {
  return line.replace(/:\s*$/, "").replaceAll('"', "").split(/,\s*/);
}
