/** Over the entries of a configuration: how many files of the workspace import what it shares or exposes. */
import type { TextRange } from "../base/text.ts";
import { containers } from "../graph/index.ts";
import type { FilePath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { Db } from "../vfs/vfs.ts";
import { exposeReferences, remoteReferences, shareReferences } from "./references.ts";
import { usageLens } from "./usageText.ts";

export interface CodeLens {
  readonly range: TextRange;
  readonly title: string;
}

export function codeLenses(db: Db, file: FilePath): readonly CodeLens[] {
  return containers(db).flatMap((container) => {
    const lenses: CodeLens[] = [];
    const add = (source: SourceRange, places: () => readonly SourceRange[], used = (): string => ""): void => {
      if (source.file !== file) return;
      const parts = [importedBy(places()), used()].filter((part) => part !== "");
      lenses.push({ range: source.range, title: parts.join("; ") });
    };
    for (const { source, shareKey, shareScopes } of container.consumes) {
      const references = () => shareScopes.flatMap((scope) => shareReferences(db, scope, shareKey, false));
      add(source, references, () => usageLens(db, container.id, shareScopes[0] ?? "default", shareKey));
    }
    for (const { keySource, key } of container.exposes)
      add(keySource, () => exposeReferences(db, container, key, false));
    for (const { keySource, alias } of container.remotes)
      add(keySource, () => remoteReferences(db, container, alias, []));
    return lenses;
  });
}

function importedBy(places: readonly SourceRange[]): string {
  const files = new Set(places.map(({ file }) => file)).size;
  if (files === 0) return "imported by no file of the workspace";
  return `imported by ${files} ${files === 1 ? "file" : "files"}`;
}
