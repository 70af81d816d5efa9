/** Containers, and what they expose, share and ask for, as an outline of a file or found by name in the workspace. */
import type { TextRange } from "../base/text.ts";
import type { Container } from "../graph/container.ts";
import { containers } from "../graph/index.ts";
import type { FilePath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { Db } from "../vfs/vfs.ts";

export type SymbolKind = "container" | "expose" | "shared" | "remote";

export interface FederationSymbol {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly source: SourceRange;
  readonly container: string;
}

/** Matches more than `query` would: clients narrow the list down. */
export function workspaceSymbols(db: Db, query: string): readonly FederationSymbol[] {
  const wanted = query.toLowerCase();
  return containers(db)
    .flatMap(symbolsOf)
    .filter(({ name }) => name.toLowerCase().includes(wanted));
}

export interface Outline {
  readonly name: string;
  readonly range: TextRange;
  readonly selection: TextRange;
  readonly children: readonly FederationSymbol[];
}

/** The containers that a file configures, with those of their entries that stand inside. */
export function outline(db: Db, file: FilePath): readonly Outline[] {
  return containers(db).flatMap((container) => {
    const { source, name } = container.config;
    if (source.file !== file) return [];
    const [, ...entries] = symbolsOf(container);
    return [
      {
        name: label(container),
        range: source.range,
        selection: name !== undefined && isWithin(name.source, source) ? name.source.range : source.range,
        children: entries.filter((entry) => isWithin(entry.source, source)),
      },
    ];
  });
}

function isWithin(inner: SourceRange, outer: SourceRange): boolean {
  return inner.file === outer.file && inner.range.start >= outer.range.start && inner.range.end <= outer.range.end;
}

function label(container: Container): string {
  return container.name ?? container.project;
}

function symbolsOf(container: Container): readonly FederationSymbol[] {
  const owner = label(container);
  const symbol = (kind: SymbolKind, name: string, source: SourceRange): FederationSymbol => ({
    name,
    kind,
    source,
    container: owner,
  });
  return [
    symbol("container", owner, container.config.name?.source ?? container.config.source),
    ...container.exposes.map(({ key, keySource }) => symbol("expose", key, keySource)),
    ...container.consumes.map(({ shareKey, source }) => symbol("shared", shareKey, source)),
    ...container.remotes.map(({ alias, keySource }) => symbol("remote", alias, keySource)),
  ];
}
