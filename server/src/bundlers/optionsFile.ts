/** `module-federation.config.*` and its kind: a file that exports options and calls nothing. */
import { iterate } from "../evaluate/contents.ts";
import { isCallable, ObjectValue, type Value } from "../evaluate/value.ts";
import type { FederationConfig } from "../model/federationConfig.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Receiver, ReceiverCall } from "./adapter.ts";
import type { EvaluatedFile } from "./evaluateFile.ts";
import { configsOfCalls } from "./federationConfig.ts";
import { isOptionsFile } from "./tools.ts";

const exportedFile: Receiver = {
  name: "module-federation.config",
  modules: /$^/,
  implementation: "enhanced",
  runtime: "mf2",
};

/** The options that such a file exports, as configurations. */
export function exportedOptions(file: FilePath, evaluated: EvaluatedFile): readonly FederationConfig[] {
  return isOptionsFile(file) ? configsOfCalls(file, { ...evaluated, calls: exportedCalls(file, evaluated) }) : [];
}

/** The same as if each exported object were given to a plugin. */
export function exportedCalls(file: FilePath, evaluated: EvaluatedFile): readonly ReceiverCall[] {
  const values = optionsIn(evaluated.realm, evaluated.exported);
  return values.map((options) => ({
    receiver: exportedFile,
    module: file,
    options,
    call: { self: options, args: [options], source: options.source, openArgs: undefined, construct: false },
    instance: options,
    doubtful: false,
  }));
}

function optionsIn(realm: EvaluatedFile["realm"], value: Value): readonly Value[] {
  if (!(value instanceof ObjectValue) || isCallable(value)) return [];
  if (value.slots.type === "promise") return optionsIn(realm, value.slots.value);
  if (value.slots.type === "array")
    return iterate(realm, value, value.source).items.flatMap((item) => optionsIn(realm, item));
  return ["name", "remotes", "exposes", "shared"].some((name) => value.properties.has(name)) ? [value] : [];
}
