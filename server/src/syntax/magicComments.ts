/** Comments in a call that webpack and Rspack read: `webpackIgnore`, `webpackMode`, `webpackInclude`, `webpackExclude`. */
import { type ContextTest, ignoredBy, type RequestFact } from "./moduleFacts.ts";
import type { ts } from "./parse.ts";

export interface MagicComments {
  /** Who leaves the call to the browser. */
  readonly ignored: ReturnType<typeof ignoredBy>;
  readonly mode: RequestFact["mode"];
  readonly include: ContextTest | undefined;
  readonly exclude: ContextTest | undefined;
}

const NONE: MagicComments = { ignored: undefined, mode: undefined, include: undefined, exclude: undefined };

const MODE = /\bwebpackMode\s*:\s*(["'`])(weak|eager)\1/;

/** Those beside the arguments of a call. */
export function magicComments(tree: ts.SourceFile, call: ts.CallExpression | ts.NewExpression): MagicComments {
  const beside = besideArguments(tree, call);
  if (!beside.includes("webpack")) return NONE;
  return {
    ignored: ignoredBy(beside),
    mode: MODE.exec(beside)?.[2] as RequestFact["mode"],
    include: testOf(beside, "webpackInclude"),
    exclude: testOf(beside, "webpackExclude"),
  };
}

function besideArguments(
  tree: ts.SourceFile,
  { expression, arguments: given, end }: ts.CallExpression | ts.NewExpression,
): string {
  const pieces: string[] = [];
  let at = expression.end;
  for (const argument of given ?? []) {
    pieces.push(tree.text.slice(at, argument.getStart(tree)));
    at = argument.end;
  }
  return [...pieces, tree.text.slice(at, end)].join(" ");
}

function testOf(text: string, name: string): ContextTest | undefined {
  const found = new RegExp(
    `\\b${name}\\s*:\\s*/((?:[^/\\\\\\n[]|\\\\.|\\[(?:[^\\]\\\\\\n]|\\\\.)*\\])+)/([a-z]*)`,
  ).exec(text);
  return found === null ? undefined : { pattern: found[1]!, flags: found[2]! };
}
