/** The functions of the automatic JSX transform that an element compiles to. */
import { ts } from "./parse.ts";

/** `jsxs` for several children, `jsx` otherwise; a key after a spread needs `createElement`, which is not of the transform. */
export function jsxFunctions(node: ts.Node): readonly string[] {
  if (ts.isJsxSelfClosingElement(node)) return keyAfterSpread(node) ? [] : ["jsx"];
  if (ts.isJsxElement(node)) return keyAfterSpread(node.openingElement) ? [] : [functionFor(node.children)];
  if (ts.isJsxFragment(node)) return ["Fragment", functionFor(node.children)];
  return [];
}

function functionFor(children: readonly ts.JsxChild[]): string {
  const real = children.filter((child) =>
    ts.isJsxText(child) ? !child.containsOnlyTriviaWhiteSpaces : !ts.isJsxExpression(child) || child.expression,
  );
  const spread = real.some((child) => ts.isJsxExpression(child) && child.dotDotDotToken !== undefined);
  return real.length > 1 || spread ? "jsxs" : "jsx";
}

function keyAfterSpread(element: ts.JsxOpeningLikeElement): boolean {
  let spread = false;
  for (const attribute of element.attributes.properties) {
    if (ts.isJsxSpreadAttribute(attribute)) spread = true;
    else if (spread && attribute.name.getText() === "key") return true;
  }
  return false;
}
