/** Packages that read YAML: versions and remotes are sometimes kept in a catalog or a settings file. */
import { parse } from "yaml";
import { fromData } from "../builtins/json.ts";
import { argument, notKnown } from "../builtins/method.ts";
import { textOf } from "../coerce.ts";
import type { PackageModel, Realm } from "../realm.ts";
import type { CallContext, Value } from "../value.ts";

const FUNCTIONS: Readonly<Record<string, ReadonlySet<string>>> = {
  yaml: new Set(["parse"]),
  "js-yaml": new Set(["load", "safeLoad"]),
};

/** Longer texts are no settings. */
const LONGEST = 2_000_000;

function parseYaml(realm: Realm, call: CallContext): Value {
  const text = textOf(argument(call, 0));
  if (text === undefined || text.length > LONGEST) return notKnown(call);
  realm.burn(text.length / 10);
  try {
    return fromData(realm, parse(text, { logLevel: "silent" }) as unknown, call.source);
  } catch {
    return realm.throwError("YAMLParseError", "the text is no YAML", call.source);
  }
}

export const dataFileModel: PackageModel = {
  covers: (module) => Object.hasOwn(FUNCTIONS, module),
  member: (realm, module, path, source) => {
    const name = path.length === 1 ? path[0]! : "";
    return Object.hasOwn(FUNCTIONS, module) && FUNCTIONS[module]!.has(name)
      ? realm.native(name, source, (call) => parseYaml(realm, call))
      : undefined;
  },
};
