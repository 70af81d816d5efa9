/** What an element of JSX takes of the functions that it compiles to, and which of its parts are code. */
import { jsxFunctions } from "../jsxFunctions.ts";
import { ts } from "../parse.ts";
import type { ModuleNames } from "./moduleNames.ts";
import type { NotedUses } from "./noted.ts";

type Element = ts.JsxElement | ts.JsxSelfClosingElement | ts.JsxFragment;

/** Of either transform: the request of the automatic one, and the name `React`. */
export function noteJsxFunctions(node: Element, names: ModuleNames, noted: NotedUses): void {
  for (const name of jsxFunctions(node)) noted.add({ request: undefined, kind: "import" }, [name], { direct: true });
  for (const { request, path } of names.react) {
    for (const member of ts.isJsxFragment(node) ? ["createElement", "Fragment"] : ["createElement"]) {
      noted.add({ request, kind: "classic jsx" }, [...path, member], { called: member === "createElement" });
    }
  }
}

/** Its tag where that is no element of the page, what its attributes are given, its children. */
export function jsxParts(node: Element): readonly ts.Node[] {
  const opening = ts.isJsxElement(node) ? node.openingElement : node;
  const parts: ts.Node[] = [];
  if (!ts.isJsxFragment(opening)) {
    if (!ts.isIdentifier(opening.tagName) || !/^[a-z]/.test(opening.tagName.text)) parts.push(opening.tagName);
    for (const attribute of opening.attributes.properties) {
      const given = ts.isJsxAttribute(attribute) ? attribute.initializer : attribute;
      if (given !== undefined) parts.push(given);
    }
  }
  return ts.isJsxSelfClosingElement(node) ? parts : [...parts, ...node.children];
}
