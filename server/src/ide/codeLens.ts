/** Over the entries of a configuration: how many files of the workspace import what it shares or exposes. */
import { counted } from "../base/counted.ts";
import type { TextRange } from "../base/text.ts";
import { consumesOf, containers, importersOf, remoteModules } from "../graph/index.ts";
import { prepareUsage } from "../usage/sharedUsage.ts";
import type { FilePath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { Db } from "../vfs/vfs.ts";
import { importersOfExpose } from "./targets.ts";
import { usageLens } from "./usageText.ts";

export interface CodeLens {
  readonly range: TextRange;
  readonly title: string;
}

/** Works out with pauses what the lenses of a file tell of use. */
export function prepareCodeLenses(db: Db, file: FilePath): Generator<void, void> {
  const shown = containers(db).filter(({ consumes }) => consumes.some(({ source }) => source.file === file));
  return prepareUsage(db, shown);
}

export function codeLenses(db: Db, file: FilePath): readonly CodeLens[] {
  return containers(db).flatMap((container) => {
    const lenses: CodeLens[] = [];
    const add = (source: SourceRange, importers: () => Iterable<FilePath>, used = (): string => ""): void => {
      if (source.file !== file) return;
      const parts = [importedBy(new Set(importers()).size), used()].filter((part) => part !== "");
      lenses.push({ range: source.range, title: parts.join("; ") });
    };
    for (const { source, shareKey, shareScopes } of container.consumes) {
      const importers = () =>
        shareScopes
          .flatMap((scope) => consumesOf(db, scope, shareKey))
          .flatMap((module) => importersOf(db, module.container, module.id));
      add(source, importers, () => usageLens(db, container.id, shareScopes[0] ?? "default", shareKey));
    }
    for (const { keySource, key } of container.exposes)
      add(keySource, () => importersOfExpose(db, container, key).map((importer) => importer.file));
    for (const { keySource, alias } of container.remotes) {
      const modules = () => remoteModules(db, container.id).filter(({ remote }) => remote === alias);
      add(keySource, () => modules().flatMap(({ id }) => importersOf(db, container.id, id)));
    }
    return lenses;
  });
}

function importedBy(files: number): string {
  if (files === 0) return "imported by no file of the workspace";
  return `imported by ${counted(files, "file")}`;
}
