/** On a shared key: writes the exports that the workspace uses into `treeShaking.usedExports` of the 2.x plugins. */
import { containsOffset } from "../base/text.ts";
import { containerById } from "../graph/index.ts";
import type { TextEdit } from "../rules/rule.ts";
import { withEntryOption } from "../syntax/sharedEntryEdit.ts";
import { keptExports } from "../usage/treeShaking.ts";
import type { FilePath } from "../vfs/path.ts";
import { type Db, fileText } from "../vfs/vfs.ts";

export interface UsedExportsAction {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** For the keys of a configuration at an offset whose plugin has the option, and whose used exports are known. */
export function usedExportsActions(db: Db, file: FilePath, offset: number): readonly UsedExportsAction[] {
  const text = fileText(db, file);
  if (text === undefined) return [];
  return keptExports(db).flatMap(({ shareKey, usedExports, places }) => {
    if (usedExports === undefined || usedExports.length === 0) return [];
    return places.flatMap(({ container, source }): readonly UsedExportsAction[] => {
      if (source.file !== file || !containsOffset(source.range, offset)) return [];
      const found = containerById(db, container);
      if (found === undefined || found.runtime !== "mf2") return [];
      const mode =
        found.consumes.find((consume) => consume.shareKey === shareKey)?.treeShaking?.mode ?? "runtime-infer";
      const value = `{ mode: ${JSON.stringify(mode)}, usedExports: ${JSON.stringify(usedExports)} }`;
      const edit = withEntryOption(file, text, source.range, "treeShaking", value);
      if (edit === undefined) return [];
      const count = `${usedExports.length} used ${usedExports.length === 1 ? "export" : "exports"}`;
      return [{ title: `Keep only the ${count} of \`${shareKey}\``, edits: [{ file, ...edit }] }];
    });
  });
}
