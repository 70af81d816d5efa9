/** On a shared key: what the report recommends for it and can write, offered as rewrites. */
import { counted } from "../base/counted.ts";
import { containsOffset } from "../base/text.ts";
import { containers } from "../graph/index.ts";
import { sharingFixes } from "../report/recommendations.ts";
import { usedExportsEdit } from "../report/usedExportsEdit.ts";
import type { TextEdit } from "../rules/rule.ts";
import { keptExports } from "../usage/treeShaking.ts";
import type { FilePath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { Db } from "../vfs/vfs.ts";

export interface SharingAction {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** Most cursors stand on no shared key, and what follows looks at the whole workspace. */
export function isOnSharedKey(db: Db, file: FilePath, offset: number): boolean {
  return containers(db).some(({ consumes }) => consumes.some(({ source }) => isAt(source, file, offset)));
}

function isAt(source: SourceRange | undefined, file: FilePath, offset: number): boolean {
  return source !== undefined && source.file === file && containsOffset(source.range, offset);
}

/** Ranges, prefix keys, scopes, keys that nobody shares: of recommendations whose evidence lies at the offset. */
export function sharingActions(db: Db, file: FilePath, offset: number): readonly SharingAction[] {
  if (!isOnSharedKey(db, file, offset)) return [];
  return sharingFixes(db).flatMap(({ title, evidence, fix }) => {
    if (fix === undefined || !evidence.some(({ source }) => isAt(source, file, offset))) return [];
    const edits = fix.edits.map(({ source, newText }) => ({ file: source.file, range: source.range, newText }));
    return [{ title, edits }];
  });
}

/** `treeShaking.usedExports` of the 2.x plugins with what the workspace uses; works out the usage of all of it. */
export function usedExportsActions(db: Db, file: FilePath, offset: number): readonly SharingAction[] {
  if (!isOnSharedKey(db, file, offset)) return [];
  return keptExports(db).flatMap((list) => {
    const { shareKey, usedExports = [], places } = list;
    if (usedExports.length === 0) return [];
    return places.flatMap((place): readonly SharingAction[] => {
      const edit = isAt(place.source, file, offset) ? usedExportsEdit(db, list, place) : undefined;
      if (edit === undefined) return [];
      const count = counted(usedExports.length, "used export");
      return [{ title: `Keep only the ${count} of \`${shareKey}\``, edits: [{ file, ...edit }] }];
    });
  });
}
