/** Decorators run with the class that they stand in, wherever in it. */
import { ts } from "../parse.ts";

/** Those of the class, its members and their parameters. */
export function decoratorsIn(node: ts.ClassLikeDeclaration): readonly ts.Decorator[] {
  return [node, ...node.members].flatMap((part) => [
    ...decoratorsOf(part),
    ...(ts.isFunctionLike(part) ? part.parameters.flatMap(decoratorsOf) : []),
  ]);
}

function decoratorsOf(node: ts.Node): readonly ts.Decorator[] {
  return ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : [];
}
