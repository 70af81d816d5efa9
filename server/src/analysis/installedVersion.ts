/** The version of a package that a directory's code would get: of the nearest `node_modules` that holds it. */
import semver from "semver";
import { manifestOf } from "../project/manifest.ts";
import { ancestorsOf, type FilePath, joinPath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";

/** An exact version; `undefined` when the package is not installed or its manifest says no version. */
export function installedVersion(db: Db, directory: FilePath, packageName: string): string | undefined {
  for (const ancestor of ancestorsOf(directory)) {
    const found = manifestOf(db, joinPath(ancestor, "node_modules", packageName));
    if (found !== undefined) return semver.valid(found.version ?? null) ?? undefined;
  }
  return undefined;
}
