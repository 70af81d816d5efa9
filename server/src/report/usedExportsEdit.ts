/** The option of the 2.x plugins that keeps only some exports of a shared module, written into an entry of `shared`. */
import { containerById } from "../graph/index.ts";
import { type EntryEdit, withEntryOption } from "../syntax/sharedEntryEdit.ts";
import type { KeptExports } from "../usage/treeShaking.ts";
import { type Db, fileText } from "../vfs/vfs.ts";

type Place = KeptExports["places"][number];

/** Whether the plugin that reads the entry has the option. */
export function takesUsedExports(db: Db, { container }: Place): boolean {
  const found = containerById(db, container);
  return found?.runtime === "mf2" && found.config.pluginModule !== "@originjs/vite-plugin-federation";
}

/** `undefined` where the plugin has no such option, or the entry is written in a way that no edit can keep. */
export function usedExportsEdit(db: Db, { shareKey, usedExports }: KeptExports, place: Place): EntryEdit | undefined {
  const { container, source } = place;
  const found = containerById(db, container);
  const text = fileText(db, source.file);
  if (!takesUsedExports(db, place) || text === undefined || usedExports === undefined) return undefined;
  const mode = found?.consumes.find((consume) => consume.shareKey === shareKey)?.treeShaking?.mode ?? "runtime-infer";
  const value = `{ mode: ${JSON.stringify(mode)}, usedExports: ${JSON.stringify(usedExports)} }`;
  return withEntryOption(source.file, text, source.range, "treeShaking", value);
}
