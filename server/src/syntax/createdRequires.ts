/**
 * `const require = createRequire(import.meta.url)` of Node's own `module`: webpack takes what it makes for `require` in
 * builds for Node, Rspack and builds for pages do not.
 */
import { ts } from "./parse.ts";

export interface CreatedRequires {
  /** The name that makes them. */
  readonly maker: string;
  /** Names of those that are made for this file. */
  readonly names: ReadonlySet<string>;
}

const MAKER = /\bimport\s*\{\s*createRequire(?:\s+as\s+([\w$]+))?\s*,?\s*\}\s*from\s*["'](?:node:)?module["']/;

/** `undefined` where the text nowhere imports this, and only this, from that module. */
export function createdRequires(text: string): CreatedRequires | undefined {
  if (!text.includes("createRequire")) return undefined;
  const found = MAKER.exec(text);
  if (found === null) return undefined;
  const maker = found[1] ?? "createRequire";
  const made = new RegExp(
    `\\b(?:const|let|var)\\s+([\\w$]+)\\s*=\\s*${maker.replaceAll("$", "\\$")}\\s*\\(\\s*(?:import\\.meta\\.url|__filename)\\s*\\)`,
    "g",
  );
  return { maker, names: new Set([...text.matchAll(made)].map(([, name = ""]) => name)) };
}

/** Whether an import brings in what makes them. */
export function importsMaker({ importClause, moduleSpecifier }: ts.ImportDeclaration): boolean {
  const bindings = importClause?.namedBindings;
  return (
    ts.isStringLiteral(moduleSpecifier) &&
    /^(?:node:)?module$/.test(moduleSpecifier.text) &&
    importClause?.name === undefined &&
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    bindings.elements.length === 1 &&
    (bindings.elements[0]!.propertyName ?? bindings.elements[0]!.name).text === "createRequire"
  );
}

/** What a call of one of them asks for; `undefined` for any other call. */
export function createdKind(
  created: CreatedRequires | undefined,
  callee: ts.Expression,
): "cjs require" | "require.resolve" | undefined {
  if (created === undefined) return undefined;
  if (isCreated(created, callee)) return "cjs require";
  const isResolve = ts.isPropertyAccessExpression(callee) && callee.name.text === "resolve";
  return isResolve && isCreated(created, callee.expression) ? "require.resolve" : undefined;
}

function isCreated({ maker, names }: CreatedRequires, node: ts.Expression): boolean {
  if (ts.isIdentifier(node)) return names.has(node.text);
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || node.expression.text !== maker) return false;
  const [place] = node.arguments;
  if (place === undefined || ts.isIdentifier(place)) return place?.text === "__filename";
  return ts.isPropertyAccessExpression(place) && ts.isMetaProperty(place.expression) && place.name.text === "url";
}
