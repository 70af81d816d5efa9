/**
 * What a build begins with when its configuration names no entry: webpack, Rspack, Rsbuild and Rslib take `./src`, Vite the
 * scripts of `index.html`. Where these are not there, the tool around the bundler gives entries that are not known.
 */

import type { Evaluated } from "../evaluate/evaluated.ts";
import type { BuildEntry, BundlerName } from "../model/federationConfig.ts";
import { type FilePath, isAbsolutePath, joinPath, parentPath, relativePath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import { type Db, directoryEntries, fileText } from "../vfs/vfs.ts";

export interface Entries {
  readonly entries: readonly BuildEntry[];
  readonly complete: boolean;
}

const NONE_KNOWN: Entries = { entries: [], complete: false };

/** The entries of a configuration that names none; `source` stands for the configuration. */
export function defaultEntries(db: Db, tool: BundlerName | undefined, context: FilePath, source: SourceRange): Entries {
  if (tool === "vite") {
    const requests = scriptsOf(db, context, { known: true, value: joinPath(context, "index.html"), source });
    return requests === undefined ? NONE_KNOWN : { entries: [{ name: "main", requests }], complete: true };
  }
  if (tool !== undefined && !["webpack", "rspack", "rsbuild", "rslib"].includes(tool)) return NONE_KNOWN;
  const names = [...(db.get(directoryEntries, joinPath(context, "src"))?.keys() ?? [])];
  if (!names.some((name) => /^index\.[cm]?[jt]sx?$/.test(name))) return NONE_KNOWN;
  const request = tool === "rsbuild" || tool === "rslib" ? "./src/index" : "./src";
  return { entries: [{ name: "main", requests: [{ known: true, value: request, source }] }], complete: true };
}

/** Entries of Vite that are pages begin with the modules that the pages load. */
export function entriesOfPages(db: Db, context: FilePath, { entries, complete }: Entries): Entries {
  let isKnown = complete;
  const opened = entries.map((entry): BuildEntry => {
    const requests = entry.requests.flatMap((request) => {
      if (!request.known || !request.value.endsWith(".html")) return [request];
      const scripts = scriptsOf(db, context, request);
      if (scripts === undefined) isKnown = false;
      return scripts ?? [];
    });
    return { ...entry, requests };
  });
  return { entries: opened, complete: isKnown };
}

/** The modules that a page loads; `undefined` where it is missing, or says more than their names. */
function scriptsOf(
  db: Db,
  root: FilePath,
  page: Evaluated<string> & { readonly known: true },
): readonly Evaluated<string>[] | undefined {
  const file = isAbsolutePath(page.value) ? joinPath(page.value) : joinPath(root, page.value);
  const text = fileText(db, file)?.replace(/<!--[\s\S]*?-->/g, "");
  const tags = [...(text?.matchAll(/<script\b([^>]*)>/gi) ?? [])]
    .map((match) => match[1]!)
    .filter((attributes) => /\btype\s*=\s*["']?module\b/i.test(attributes));
  const names = tags.map((attributes) => /\bsrc\s*=\s*["']?([^"'\s>]+)/i.exec(attributes)?.[1]);
  if (names.length === 0 || names.includes(undefined)) return undefined;
  return (names as string[])
    .filter((name) => !/^(?:https?:)?\/\//.test(name))
    .map((name) => {
      const module = name.startsWith("/") ? joinPath(root, `.${name}`) : joinPath(parentPath(file), name);
      return { known: true, value: `./${relativePath(root, module)}`, source: page.source };
    });
}
