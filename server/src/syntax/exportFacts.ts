/** What a module exports, by its text alone: ESM, JSON, and the CommonJS forms that bundlers recognise. */
import { ownedText } from "../base/ownedText.ts";
import { extensionOf, type FilePath } from "../vfs/path.ts";
import { commonJsExports } from "./commonJsExports.ts";
import { esmExports, isModuleStatement } from "./esmExports.ts";
import { parseFile, syntaxErrorCount, type ts } from "./parse.ts";

/**
 * How importers see the module, in webpack's words: `namespace` for ESM; `flagged` says `__esModule`; `default` is
 * CommonJS whose exports are all known; `dynamic` takes the exports of another; `undefined` may have any.
 */
export type ExportsType = "namespace" | "flagged" | "default" | "dynamic" | undefined;

/** An export that another module gives. */
export interface ForwardedExport {
  /** `undefined` for all: `export *`, `module.exports = require("x")`. */
  readonly exported: string | undefined;
  readonly specifier: string;
  /** Empty for the whole module. */
  readonly path: readonly string[];
  readonly commonJs: boolean;
  /** By a constant that holds the other module, or a property definition: Rspack sees an export like any other. */
  readonly indirect?: true;
}

export interface ExportFacts {
  readonly format: "esm" | "cjs" | "json";
  readonly type: ExportsType;
  /** Names that the text itself gives, sorted. */
  readonly names: readonly string[];
  readonly forwarded: readonly ForwardedExport[];
  /** Names that are small constants, which bundlers put in the place of their import; only those of ES modules. */
  readonly inlinable: readonly string[];
  /** False when more names may be exported than can be seen. */
  readonly complete: boolean;
  /** `module.exports = { … }`: Rspack then tracks none of the exports. */
  readonly literal?: true;
}

/** Of a text; pure. The tree is one of this text whose nodes know their parents. */
export function exportFactsOf(path: FilePath, text: string, tree?: ts.SourceFile): ExportFacts {
  if (extensionOf(path) === ".json") return jsonFacts(text);
  return treeExports(text, tree ?? parseFile(path, text, true));
}

function treeExports(text: string, tree: ts.SourceFile): ExportFacts {
  const broken = syntaxErrorCount(tree) > 0 || (text.trim() !== "" && tree.text === "");
  const esm = tree.statements.some(isModuleStatement);
  const found = esm ? esmExports(tree) : commonJsExports(tree);
  return { ...found, names: [...new Set(found.names.map(ownedText))].sort(), complete: found.complete && !broken };
}

function jsonFacts(text: string): ExportFacts {
  const empty = { format: "json", type: "default", forwarded: [], inlinable: [] } as const;
  try {
    const value: unknown = JSON.parse(text);
    const names = typeof value === "object" && value !== null ? Object.keys(value).sort() : [];
    return { ...empty, names, complete: true };
  } catch {
    return { ...empty, names: [], complete: false };
  }
}
