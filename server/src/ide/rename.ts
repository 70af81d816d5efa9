/**
 * Renames an exposed module's key or a remote's alias: in its configuration and in every import of the workspace.
 * Importers outside the workspace cannot be seen; what is not certain in it is left alone.
 */
import type { TextRange } from "../base/text.ts";
import type { Container } from "../graph/container.ts";
import { replaceLiteral } from "../rules/places.ts";
import type { TextEdit } from "../rules/rule.ts";
import type { FilePath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import { type Db, fileText } from "../vfs/vfs.ts";
import { remoteReferences } from "./references.ts";
import { importersOfExpose, requestPlaces, targetsAt } from "./targets.ts";

interface Renamable {
  readonly what: "expose" | "remote";
  readonly container: Container;
  /** `./Button`, `cart`. */
  readonly name: string;
  readonly keySource: SourceRange;
}

function renamableAt(db: Db, file: FilePath, offset: number): (Renamable & { readonly range: TextRange }) | undefined {
  for (const target of targetsAt(db, file, offset)) {
    const { range } = target;
    if (target.kind === "expose" && target.expose.keySource.range.start === range.start) {
      const { key: name, keySource } = target.expose;
      return { what: "expose", container: target.container, name, keySource, range };
    }
    if (target.kind === "remote" && target.remote.keySource.range.start === range.start) {
      const { alias: name, keySource } = target.remote;
      return { what: "remote", container: target.container, name, keySource, range };
    }
    if (target.kind !== "remote import" || target.target.provider === undefined) continue;
    const { provider, expose: key } = target.target;
    const expose = provider.exposes.find((item) => item.key === key);
    if (expose !== undefined)
      return { what: "expose", container: provider, name: key, keySource: expose.keySource, range };
  }
  return undefined;
}

/** What would be renamed at a place, and its present name; `undefined` where nothing can be. */
export function renameTarget(
  db: Db,
  file: FilePath,
  offset: number,
): { readonly range: TextRange; readonly name: string } | undefined {
  const found = renamableAt(db, file, offset);
  return found === undefined || !isWritten(db, found) ? undefined : { range: found.range, name: found.name };
}

/**
 * A key that another text makes (`[prefix + "/Button"]`, a spread of a list) cannot be renamed in place, and neither can
 * one that is its own value (`{ cart }`, `["./Button"]`).
 */
function isWritten(db: Db, { keySource: { file, range }, name }: Renamable): boolean {
  const text = fileText(db, file) ?? "";
  const key = text.slice(range.start, range.end);
  return (key === name || key.slice(1, -1) === name) && /^\s*:/.test(text.slice(range.end));
}

export interface RenameResult {
  readonly edits: readonly TextEdit[];
  /** Why the name cannot be taken. */
  readonly problem?: string;
}

export function rename(db: Db, file: FilePath, offset: number, newName: string): RenameResult | undefined {
  const found = renamableAt(db, file, offset);
  if (found === undefined || !isWritten(db, found)) return undefined;
  const name = found.what === "expose" && !newName.startsWith("./") ? `./${newName}` : newName;
  const problem = problemOf(found, name);
  if (problem !== undefined) return { edits: [], problem };
  const edits = found.what === "expose" ? exposeEdits(db, found, name) : remoteEdits(db, found, name);
  return { edits: [keyEdit(db, found.keySource, name), ...edits] };
}

function problemOf({ what, container }: Renamable, name: string): string | undefined {
  if (what === "expose") {
    if (!/^\.\/[^\s"'`\\]+$/.test(name)) return `${name} is no key of an exposed module`;
    return container.exposes.some(({ key }) => key === name) ? `${name} is exposed already` : undefined;
  }
  if (!/^[^\s"'`\\./][^\s"'`\\]*$/.test(name)) return `${name} is no alias of a remote`;
  return container.remotes.some(({ alias }) => alias === name) ? `a remote is called ${name} already` : undefined;
}

function exposeEdits(db: Db, { container, name: key }: Renamable, name: string): readonly TextEdit[] {
  return unique(
    importersOfExpose(db, container, key).flatMap(({ file, request, remote }) =>
      requestPlaces(db, file, request).map((place) => replaceLiteral(db, place, `${remote.alias}${name.slice(1)}`)),
    ),
  );
}

function remoteEdits(db: Db, { container, name: alias }: Renamable, name: string): readonly TextEdit[] {
  return unique(
    remoteReferences(db, container, alias, []).map((place) => {
      const text = fileText(db, place.file)?.slice(place.range.start + 1, place.range.end - 1) ?? "";
      return replaceLiteral(db, place, `${name}${text.slice(alias.length)}`);
    }),
  );
}

/** A file that belongs to several builds is edited once. */
function unique(edits: readonly TextEdit[]): readonly TextEdit[] {
  return [...new Map(edits.map((edit) => [`${edit.file}\0${edit.range.start}`, edit])).values()];
}

/** Keeps the quotes; gives some to a bare key whose new name needs them. */
function keyEdit(db: Db, source: SourceRange, name: string): TextEdit {
  const quoted = /^["'`]/.test(fileText(db, source.file)?.[source.range.start] ?? "");
  if (!quoted && /^[A-Za-z_$][\w$]*$/.test(name)) return { ...source, newText: name };
  return replaceLiteral(db, source, name);
}
