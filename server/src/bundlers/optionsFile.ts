/** `module-federation.config.*` and its kind: a file that exports options and calls nothing. */
import { iterate } from "../evaluate/contents.ts";
import { isCallable, ObjectValue, type Value } from "../evaluate/value.ts";
import type { FederationConfig } from "../model/federationConfig.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Receiver, ReceiverCall } from "./adapter.ts";
import type { EvaluatedFile } from "./evaluateFile.ts";
import { configsOfCalls } from "./federationConfig.ts";
import { isOptionsFile } from "./tools.ts";

const TABLES = ["remotes", "exposes", "shared"];
/** What a file may say beside its container's name. */
const OPTIONS: ReadonlySet<string> = new Set([
  "name",
  "filename",
  "library",
  "remoteType",
  "runtime",
  "runtimePlugins",
  "shareScope",
  "shareStrategy",
  "manifest",
  "dts",
  "dev",
  "experiments",
  "additionalShared",
  "disableNxRuntimeLibraryControlPlugin",
]);

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
  const names = [...value.properties.keys()];
  if (TABLES.some((name) => value.properties.has(name))) return [value];
  // A name alone says little: an app may have data of its own in a file of this name.
  return value.properties.has("name") && names.every((name) => OPTIONS.has(name)) ? [value] : [];
}
