/** The files that a request with a context may be for. */
import { statelessRegExp } from "../base/regExp.ts";
import type { RequestContext } from "../syntax/moduleFacts.ts";
import { type FilePath, joinPath } from "../vfs/path.ts";
import { type Db, directoryEntries } from "../vfs/vfs.ts";

/** More files than these are not told one by one. */
const MOST_FILES = 2000;

/** As requests from `directory`; `undefined` where the folder or the pattern cannot be read, or there are too many. */
export function filesOfContext(
  db: Db,
  directory: FilePath,
  { folder, recursive, pattern, flags }: RequestContext,
): readonly string[] | undefined {
  const test = statelessRegExp(pattern, flags);
  const root = joinPath(directory, folder);
  if (test === undefined || db.get(directoryEntries, root) === undefined) return undefined;
  const found: string[] = [];
  let seen = 0;
  const folders = [""];
  for (const inner of folders) {
    const entries = [...(db.get(directoryEntries, joinPath(root, inner))?.values() ?? [])];
    entries.sort((left, right) => (left.name < right.name ? -1 : 1));
    for (const { name, kind } of entries) {
      if (++seen > MOST_FILES) return undefined;
      if (kind === "directory" && recursive && name !== "node_modules") folders.push(`${inner}${name}/`);
      if (kind === "file" && test.test(`./${inner}${name}`)) found.push(`${folder}/${inner}${name}`);
    }
  }
  return found;
}
