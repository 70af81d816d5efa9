/** In the specifier of an import: the remotes, their exposed modules and the share keys of the file's builds. */
import type { TextRange } from "../base/text.ts";
import type { Container } from "../graph/container.ts";
import { containerById, containers, containersOfFile, remoteContainer } from "../graph/index.ts";
import { type FilePath, isInside } from "../vfs/path.ts";
import { type Db, fileText } from "../vfs/vfs.ts";

export interface CompletionItem {
  readonly label: string;
  readonly kind: "remote module" | "share key";
  readonly detail: string;
  /** What the label replaces: the specifier's content. */
  readonly range: TextRange;
}

/** A specifier from its opening quote to the cursor; a request is never longer than a line. */
const SPECIFIER =
  /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*|\bloadRemote(?:<[^>]*>)?\s*\(\s*)(["'`])([^"'`\n]*)$/;

export function completions(db: Db, file: FilePath, offset: number): readonly CompletionItem[] {
  const text = fileText(db, file);
  if (text === undefined) return [];
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  const match = SPECIFIER.exec(line);
  if (match === null) return [];
  const [, quote = "", typed = ""] = match;
  const rest = /^[^"'`\n]*/.exec(text.slice(offset))?.[0] ?? "";
  const closed = text[offset + rest.length] === quote;
  const range = { start: offset - typed.length, end: closed ? offset + rest.length : offset };
  const items = new Map<string, CompletionItem>();
  for (const container of buildsOf(db, file)) {
    for (const item of itemsOf(db, container, range)) if (!items.has(item.label)) items.set(item.label, item);
  }
  return [...items.values()];
}

/** The builds that hold a file; for one that nothing imports yet, those whose folder holds it. */
function buildsOf(db: Db, file: FilePath): readonly Container[] {
  const owners = containersOfFile(db, file).flatMap((id) => containerById(db, id) ?? []);
  return owners.length > 0 ? owners : containers(db).filter(({ context }) => isInside(file, context));
}

function itemsOf(db: Db, container: Container, range: TextRange): readonly CompletionItem[] {
  const items: CompletionItem[] = [];
  for (const remote of container.remotes) {
    const provider = remoteContainer(db, remote);
    const detail = `exposed by ${provider?.name ?? provider?.project}`;
    for (const { key } of provider?.exposes ?? []) {
      if (key === "." || key.startsWith("./"))
        items.push({ label: `${remote.alias}${key.slice(1)}`, kind: "remote module", detail, range });
    }
    if (provider === undefined) {
      const address = remote.addresses[0] ?? remote.alias;
      items.push({ label: `${remote.alias}/`, kind: "remote module", detail: address, range });
    }
  }
  for (const { request } of container.consumes) {
    if (!/^[./]/.test(request)) items.push({ label: request, kind: "share key", detail: "shared", range });
  }
  return items;
}
