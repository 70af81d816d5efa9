/** The parser that is bundled makes the trees that the whole package makes, and finds the same syntax errors. */
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { beforeAll, expect, it } from "vitest";
import { sourceFiles } from "../fixture/sourceFiles.ts";

const root = path.resolve(import.meta.dirname, "../..");
const MEMBERS = ["createSourceFile", "forEachChild", "isIdentifier", "SyntaxKind"] as const;

type Parser = Pick<typeof ts, (typeof MEMBERS)[number]>;
type Reduced = (text: string, members: ReadonlySet<string>) => string;

let bundled: Parser;

beforeAll(async () => {
  const plugin = pathToFileURL(path.join(root, "server/parserOfTypeScript.mjs")).href;
  const { reduced } = (await import(plugin)) as { readonly reduced: Reduced };
  const whole = fs.readFileSync(createRequire(import.meta.url).resolve("typescript"), "utf8");
  const text = reduced(whole, new Set(MEMBERS));
  expect(text.length).toBeLessThan(whole.length / 4);
  const module = { exports: {} as Parser };
  new Function("module", text.replace("export default", "module.exports ="))(module);
  bundled = module.exports;
}, 60_000);

/** Every node with its place, and the messages of the errors. */
function shape({ createSourceFile, forEachChild, isIdentifier, SyntaxKind }: Parser, file: string, text: string) {
  const tree = createSourceFile(file, text, { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: 1 }, true);
  const nodes: string[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(`${SyntaxKind[node.kind]} ${node.getStart(tree)} ${node.end} ${isIdentifier(node) ? node.text : ""}`);
    forEachChild(node, visit);
  };
  visit(tree);
  const { parseDiagnostics } = tree as ts.SourceFile & { readonly parseDiagnostics: readonly ts.Diagnostic[] };
  return { nodes, errors: parseDiagnostics.map(({ start, messageText }) => `${start} ${messageText}`) };
}

const HALF_TYPED = [
  "import { a, b from 'x'; const",
  "export default { plugins: [new ModuleFederationPlugin({ name: 'a', shared: { react: { } ] };",
  "class A { #x = ; static { await } get y( }",
  "const t = `${a ${b}` <div>{x</div>",
  "type A<T = T extends infer X ? X : ;",
  "for (let of of of) { break; continue x } enum { A = } namespace N. {",
  "@dec() export abstract class {} async function* (a, ...b,) => {}",
  "let a = 0x; let b = 1_; let c = '\\u{110000}'; /(?<a>/; 'open",
];

it("has the same trees and errors", { timeout: 60_000 }, () => {
  for (const file of sourceFiles(path.join(root, "server/src/syntax"), 50)) {
    const text = fs.readFileSync(file, "utf8");
    for (const part of [text, text.slice(0, text.length / 2)])
      expect(shape(bundled, file, part)).toEqual(shape(ts, file, part));
  }
  for (const text of HALF_TYPED)
    for (const file of ["a.tsx", "a.ts", "a.js", "a.json"]) {
      const { nodes, errors } = shape(bundled, file, text);
      expect({ nodes, errors }).toEqual(shape(ts, file, text));
      expect(errors.length).toBeGreaterThan(0);
    }
});
