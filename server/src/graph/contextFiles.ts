/** The files that a request with a context may be for. */
import { statelessRegExp } from "../base/regExp.ts";
import type { RequestContext } from "../syntax/moduleFacts.ts";
import { type FilePath, joinPath } from "../vfs/path.ts";
import { type Db, directoryEntries } from "../vfs/vfs.ts";

/** More files than these are not told one by one. */
const MOST_FILES = 2000;

/** What a file may be asked for without, as bundlers do for contexts too. */
export interface Omissible {
  readonly extensions: readonly string[];
  readonly mainFiles: readonly string[];
}

/** As requests from `directory`; `undefined` where the folder or a pattern cannot be read, or there are too many. */
export function filesOfContext(
  db: Db,
  directory: FilePath,
  { folder, recursive, pattern, flags, include, exclude }: RequestContext,
  omissible: Omissible,
): readonly string[] | undefined {
  const test = statelessRegExp(pattern, flags);
  const included = include === undefined ? undefined : statelessRegExp(include.pattern, include.flags);
  const excluded = exclude === undefined ? undefined : statelessRegExp(exclude.pattern, exclude.flags);
  if ((include === undefined) !== (included === undefined) || (exclude === undefined) !== (excluded === undefined))
    return undefined;
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
      const path = `${inner}${name}`;
      if (name.startsWith(".") || excluded?.test(joinPath(root, path)) === true) continue;
      if (kind === "directory" && recursive && name !== "node_modules") folders.push(`${path}/`);
      if (kind !== "file" || included?.test(joinPath(root, path)) === false) continue;
      if (waysToAsk(`./${path}`, omissible).some((way) => test.test(way))) found.push(`${folder}/${path}`);
    }
  }
  return found;
}

/** The path, without an extension, and without the name of a folder's main file. */
function waysToAsk(path: string, { extensions, mainFiles }: Omissible): readonly string[] {
  const shorter = extensions
    .filter((extension) => path.endsWith(extension))
    .map((extension) => path.slice(0, -extension.length));
  const names = [path, ...shorter];
  const folders = names.flatMap((name) =>
    mainFiles
      .filter((main) => name.endsWith(`/${main}`))
      .flatMap((main) => [name.slice(0, -main.length), name.slice(0, -main.length - 1)]),
  );
  return [...names, ...folders];
}
