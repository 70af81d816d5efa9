/**
 * Models of packages that are written in JavaScript and run by the evaluator itself: what a helper computes is said in the
 * language that it is written in, and what is not known flows through it like through any other code. All values made in
 * a model have the place of the call in the workspace, since nobody can edit the model.
 */
import { parse } from "jsonc-parser";
import { parseFile } from "../../syntax/parse.ts";
import type { SourceRange } from "../../vfs/sourceRange.ts";
import { fileText, isDirectory } from "../../vfs/vfs.ts";
import { fromData } from "../builtins/json.ts";
import { argument, type MethodTable, namespaceOfMethods, notKnown } from "../builtins/method.ts";
import { callValue } from "../call.ts";
import { textOf } from "../coerce.ts";
import { getMember } from "../members.ts";
import { runModule } from "../module.ts";
import type { Realm } from "../realm.ts";
import { type CallContext, primitive, unknown, type Value } from "../value.ts";

export interface ModelSource {
  /** A name for the text, unique among the models. */
  readonly name: string;
  /** A CommonJS module. */
  readonly text: string;
}

const trees = new Map<string, ReturnType<typeof parseFile>>();

function treeOf(model: ModelSource): ReturnType<typeof parseFile> {
  const known = trees.get(model.name) ?? parseFile(`/models/${model.name}.js`, model.text);
  trees.set(model.name, known);
  return known;
}

/** What models may ask for beside JavaScript. */
const INTRINSICS: MethodTable = {
  /** `compilerOptions.paths` of a tsconfig file. */
  pathsOf: (realm, call) => {
    const file = textOf(argument(call, 0));
    const text = file === undefined ? undefined : fileText(realm.db, file);
    if (text === undefined) return file === undefined ? notKnown(call) : primitive(undefined, call.source);
    realm.files.add(file!);
    const data = parse(text, [], { allowTrailingComma: true }) as { compilerOptions?: { paths?: unknown } } | undefined;
    return fromData(realm, data?.compilerOptions?.paths ?? undefined, call.source);
  },
  isDirectory: (realm, call) => {
    const path = textOf(argument(call, 0));
    return path === undefined ? notKnown(call) : primitive(isDirectory(realm.db, path), call.source);
  },
  /** Says of the second object what is known of the first: whether it may have further members. */
  copyOpenness: (_realm, call) => {
    const [from, to] = call.args;
    if (from?.kind === "object" && to?.kind === "object") to.open ??= from.open;
    return to ?? notKnown(call);
  },
  /** Says that an object has members which cannot be listed, beside those it has. */
  mayHaveMore: (_realm, call) => {
    const object = argument(call, 0);
    const reason = textOf(argument(call, 1)) ?? "further members";
    if (object.kind === "object") object.open ??= unknown(reason, call.source, { additional: true });
    return object;
  },
};

/** The value that a model exports under a name, made for one use at a place. */
export function modelMember(realm: Realm, model: ModelSource, name: string, place: SourceRange): Value {
  const record = runModule(realm, `/models/${model.name}.js`, treeOf(model), {
    place,
    names: { intrinsics: namespaceOfMethods(realm, INTRINSICS, place) },
  });
  return getMember(realm, getMember(realm, record.moduleObject, "exports", place), name, place);
}

/** Calls a function of a model. */
export function callModel(
  realm: Realm,
  model: ModelSource,
  name: string,
  call: CallContext,
  args: readonly Value[] = call.args,
): Value {
  const callee = modelMember(realm, model, name, call.source);
  return callValue(realm, callee, primitive(undefined, call.source), args, call.source, { openArgs: call.openArgs });
}
