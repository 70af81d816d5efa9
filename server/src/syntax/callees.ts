/** What is called where a call may ask for a module. */
import { ts } from "./parse.ts";

/** `import(…)`, `import.defer(…)`, `import.source(…)`. */
export function isImport(callee: ts.Expression): boolean {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  return ts.isMetaProperty(callee) && /^(?:defer|source)$/.test(callee.name.text);
}

/** `require.context`, `import.meta.webpackContext`. */
export function isContextCall(callee: ts.Expression): callee is ts.PropertyAccessExpression {
  if (!ts.isPropertyAccessExpression(callee)) return false;
  const { expression: object, name } = callee;
  return name.text === "context" ? isRequire(object) : name.text === "webpackContext" && ts.isMetaProperty(object);
}

/** `navigator.serviceWorker.register`. */
export function isServiceWorkerStart(callee: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== "register") return false;
  return ts.isPropertyAccessExpression(callee.expression) && callee.expression.name.text === "serviceWorker";
}

export function resolvingKind(callee: ts.Expression): "require.resolve" | "require.resolveWeak" | undefined {
  if (!ts.isPropertyAccessExpression(callee) || !isRequire(callee.expression)) return undefined;
  if (callee.name.text === "resolveWeak") return "require.resolveWeak";
  return callee.name.text === "resolve" ? "require.resolve" : undefined;
}

/** `require`. */
export function isRequire(node: ts.Node): boolean {
  return ts.isIdentifier(node) && node.text === "require";
}

/** `module.require`, which is the same. */
export function isRequireOfModule(callee: ts.Expression): boolean {
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== "require") return false;
  return ts.isIdentifier(callee.expression) && callee.expression.text === "module";
}
