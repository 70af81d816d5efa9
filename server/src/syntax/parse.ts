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

export interface ResolvedTree {
  readonly tree: ts.SourceFile;
  /** What a name means, within this file. */
  readonly symbolOf: (name: ts.Identifier) => ts.Symbol | undefined;
  /** It has syntax errors, or its names could not be resolved: to be asked last. */
  readonly broken: boolean;
}

/** A tree whose names are resolved once one is asked for, from this text alone: nothing that it imports is read. */
export function resolvedTree(path: FilePath, text: string): ResolvedTree | undefined {
  const known = SCRIPT_KINDS[extensionOf(path)];
  const fileName = known === undefined || known === ts.ScriptKind.JSON ? `${path}.jsx` : path;
  const tree = treeOrNone(fileName, text, known ?? ts.ScriptKind.JSX);
  if (tree === undefined) return undefined;
  const host: ts.CompilerHost = {
    fileExists: (name) => name === fileName,
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => "/",
    getDefaultLibFileName: () => "",
    getNewLine: () => "\n",
    getSourceFile: (name) => (name === fileName ? tree : undefined),
    readFile: () => undefined,
    useCaseSensitiveFileNames: () => true,
    writeFile: () => {},
  };
  const options: ts.CompilerOptions = {
    allowJs: true,
    jsx: ts.JsxEmit.Preserve,
    module: ts.ModuleKind.ESNext,
    noLib: true,
    noResolve: true,
    target: ts.ScriptTarget.Latest,
    types: [],
  };
  let checker: ts.TypeChecker | undefined;
  let failed = false;
  const symbolOf = (name: ts.Identifier): ts.Symbol | undefined => {
    try {
      const { parent } = name;
      checker ??= ts.createProgram({ rootNames: [fileName], options, host }).getTypeChecker();
      if (ts.isShorthandPropertyAssignment(parent)) return checker.getShorthandAssignmentValueSymbol(parent);
      if (ts.isExportSpecifier(parent)) return checker.getExportSpecifierLocalTargetSymbol(parent);
      return checker.getSymbolAtLocation(name);
    } catch {
      failed = true;
      return undefined;
    }
  };
  return {
    tree,
    symbolOf,
    get broken() {
      return failed || syntaxErrorCount(tree) > 0;
    },
  };
}

function treeOrNone(path: FilePath, text: string, kind: ts.ScriptKind): ts.SourceFile | undefined {
  try {
    return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
  } catch {
    return undefined;
  }
}
