/**
 * The one place that knows the TypeScript parser. It gives full syntax trees, for the few files that deserve one: build
 * configurations and what they import. Trees keep going after syntax errors, so the rest of a broken file is still read.
 */
import ts from "typescript";
import { extensionOf, type FilePath } from "../vfs/path.ts";

export { ts };

const SCRIPT_KINDS: Readonly<Record<string, ts.ScriptKind>> = {
  ".ts": ts.ScriptKind.TS,
  ".mts": ts.ScriptKind.TS,
  ".cts": ts.ScriptKind.TS,
  ".tsx": ts.ScriptKind.TSX,
  ".json": ts.ScriptKind.JSON,
};

/** Longer texts are generated or data; a tree of one would take seconds and hundreds of megabytes. */
const LARGEST_PARSED_TEXT = 4_000_000;

/** Comments with types are not looked at. */
const PARSING: ts.CreateSourceFileOptions = {
  languageVersion: ts.ScriptTarget.Latest,
  jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
};

/** The tree of a JavaScript, TypeScript, JSX or JSON text. Plain JavaScript may hold JSX. `parents`: nodes know theirs. Never throws. */
export function parseFile(path: FilePath, text: string, parents = false): ts.SourceFile {
  const kind = SCRIPT_KINDS[extensionOf(path)] ?? ts.ScriptKind.JSX;
  const readable = text.length > LARGEST_PARSED_TEXT ? "" : text;
  try {
    return ts.createSourceFile(path, readable, PARSING, parents, kind);
  } catch {
    // Nesting deeper than the stack: nothing of it can be known.
    return ts.createSourceFile(path, "", PARSING, parents, kind);
  }
}

/** How many syntax errors the parser has met. */
export function syntaxErrorCount(tree: ts.SourceFile): number {
  const diagnosed = tree as ts.SourceFile & { readonly parseDiagnostics?: readonly unknown[] };
  return diagnosed.parseDiagnostics?.length ?? 0;
}
