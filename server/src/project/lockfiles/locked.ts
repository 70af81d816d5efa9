/** What a lockfile says of one package, whatever the package manager that wrote it. */
import type { FilePath } from "../../vfs/path.ts";

export interface LockedPackage {
  /** `undefined` for a package of the workspace: its own manifest says it. */
  readonly version: string | undefined;
  /** Folder of a package of the workspace, from the lockfile's. */
  readonly workspace: string | undefined;
}

/** A package asked for by name from a folder. */
export interface LockQuestion {
  readonly name: string;
  /** From the lockfile's folder; empty for that itself. */
  readonly directory: string;
  /** What the manifest of the folder lists for it. */
  readonly specifier: string | undefined;
}

export type Lockfile = (question: LockQuestion) => LockedPackage | undefined;

export type Data = Readonly<Record<string, unknown>>;

export function record(value: unknown): Data {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Data) : {};
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A folder of the lockfile's and those above it, as far as the lockfile's. */
export function* foldersAbove(directory: FilePath): Generator<string> {
  let folder = directory;
  while (folder !== "") {
    yield folder;
    folder = folder.includes("/") ? folder.slice(0, folder.lastIndexOf("/")) : "";
  }
  yield "";
}

export function versionOnly(version: string | undefined): LockedPackage | undefined {
  return version === undefined ? undefined : { version, workspace: undefined };
}
