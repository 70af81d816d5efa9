/** Fixes of recommendations that edit entries of `shared` in the configurations of the workspace. */
import { containers } from "../graph/index.ts";
import type { EntryEdit } from "../syntax/sharedEntryEdit.ts";
import type { FilePath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import { type Db, fileText } from "../vfs/vfs.ts";
import type { Recommendation, RecommendationEdit } from "./recommendation.ts";

type MakeEdit = (file: FilePath, text: string, key: SourceRange["range"]) => EntryEdit | undefined;

/**
 * `keys` are the places of the entries' keys, of which one may be named several times. Nothing where one of them cannot be
 * edited, or two edits would meet.
 */
export function entryFix(
  db: Db,
  title: string,
  keys: readonly SourceRange[],
  makeEdit: MakeEdit,
): Pick<Recommendation, "fix"> {
  const edits: RecommendationEdit[] = [];
  const places = new Map(keys.map((key) => [`${key.file}:${key.range.start}`, key]));
  for (const { file, range } of places.values()) {
    const text = /\.[cm]?[jt]s$/.test(file) && !file.includes("/node_modules/") ? fileText(db, file) : undefined;
    const edit = text === undefined ? undefined : makeEdit(file, text, range);
    if (edit === undefined) return {};
    edits.push({ source: { file, range: edit.range }, newText: edit.newText });
  }
  const meets = edits.some(({ source }, index) => edits.slice(0, index).some((other) => overlap(source, other.source)));
  return edits.length === 0 || meets ? {} : { fix: { title, edits } };
}

function overlap(left: SourceRange, right: SourceRange): boolean {
  return left.file === right.file && left.range.start < right.range.end && right.range.start < left.range.end;
}

/** The same for one entry; nothing where several configurations take it from a common file: it need not be right for all. */
export function ownEntryFix(db: Db, title: string, key: SourceRange, makeEdit: MakeEdit): Pick<Recommendation, "fix"> {
  return isSharedByOneApp(db, key) ? entryFix(db, title, [key], makeEdit) : {};
}

function isSharedByOneApp(db: Db, { file, range }: SourceRange): boolean {
  const owners = containers(db).filter(({ consumes }) =>
    consumes.some(({ source }) => source.file === file && source.range.start === range.start),
  );
  return owners.length === 1;
}
