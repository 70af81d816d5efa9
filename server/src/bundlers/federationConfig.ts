/** Makes the model's `FederationConfig` out of a recorded plugin call. */

import { ownEntries } from "../evaluate/contents.ts";
import type { Evaluated, Json } from "../evaluate/evaluated.ts";
import { readMember } from "../evaluate/members.ts";
import type { Realm } from "../evaluate/realm.ts";
import { evaluatedJson, evaluatedText, isAbsent } from "../evaluate/toJson.ts";
import { arrayItems, isCallable, primitive, type Value } from "../evaluate/value.ts";
import type { BundlerName, FederationConfig } from "../model/federationConfig.ts";
import type { FilePath } from "../vfs/path.ts";
import type { ReceiverCall } from "./adapter.ts";
import { buildOptionsOf, compilationOf, enclosingBuild } from "./buildOptions.ts";
import type { EvaluatedFile } from "./evaluateFile.ts";
import { Doubts, exposesTable, remotesTable, sharedTable } from "./normalize.ts";
import { toolOfFile } from "./tools.ts";

const TABLES: ReadonlySet<string> = new Set([
  "name",
  "filename",
  "remotes",
  "exposes",
  "shared",
  "shareScope",
  "shareStrategy",
]);

/** One entry a call; the order is that of the calls. */
export function configsOfCalls(file: FilePath, evaluated: EvaluatedFile): readonly FederationConfig[] {
  return optionsOfCalls(evaluated).map(({ call, options }, index) =>
    configOfCall(file, index, evaluated, call, options),
  );
}

/** The options of each instance, in the order of the instances. */
export function optionsOfCalls({
  realm,
  calls,
}: EvaluatedFile): readonly { readonly call: ReceiverCall; readonly options: Value }[] {
  return liveCalls(calls).flatMap((call) => {
    const options = unwrapped(call.options);
    if (options.kind === "primitive") return [];
    return [{ call, options: call.receiver.complete?.(realm, options, call.call) ?? options }];
  });
}

/** Calls that only hand options on are dropped when the options reach a plugin. */
function liveCalls(calls: readonly ReceiverCall[]): readonly ReceiverCall[] {
  const used = new Set(calls.filter((call) => !call.receiver.passive).map((call) => call.options));
  return calls.filter((call) => !call.receiver.passive || !used.has(call.options));
}

/** A promise stands for what it holds; of a list of options the first is meant. */
function unwrapped(value: Value): Value {
  if (value.kind === "object" && value.slots.type === "promise") return unwrapped(value.slots.value);
  const items = arrayItems(value);
  return items?.length === 1 ? items[0]! : value;
}

function memberOf(realm: Realm, options: Value, name: string): Value {
  if (options.kind === "primitive" || (options.kind === "object" && isCallable(options)))
    return primitive(undefined, options.source);
  return readMember(realm, options, name, options.source);
}

function configOfCall(
  file: FilePath,
  index: number,
  evaluated: EvaluatedFile,
  call: ReceiverCall,
  options: Value,
): FederationConfig {
  const { realm } = evaluated;
  const { receiver } = call;
  const doubts = new Doubts();
  if (options.kind === "unknown") doubts.add("", options.reason, options.source);
  if (options.kind === "object" && options.open !== undefined) doubts.add("", options.open.reason, options.open.source);
  if (call.doubtful) doubts.add("", "whether the plugin is used at all is not known", call.call.source);
  if (evaluated.stopped !== undefined) doubts.add("", evaluated.stopped, call.call.source);
  const member = (name: string): Value => memberOf(realm, options, name);
  const text = (name: string): Evaluated<string> | undefined => {
    const value = member(name);
    return isAbsent(value) ? undefined : doubts.note(name, evaluatedText(realm, value));
  };
  const shareScope = member("shareScope");
  const low = lowLevelTables(receiver.name);
  const config: FederationConfig = {
    id: `${file}#${index}`,
    file,
    bundler: bundlerOf(file, call),
    implementation: receiver.implementation,
    runtime: receiver.runtime,
    plugin: receiver.name,
    pluginModule: call.module,
    source: options.kind === "unknown" ? call.call.source : options.source,
    ...optional("name", text("name")),
    ...optional("filename", text("filename")),
    remotes: remotesTable(realm, member(low.remotes), doubts),
    exposes: exposesTable(realm, member(low.exposes), doubts),
    shared: sharedTable(realm, member(low.shared), doubts),
    ...optional(
      "shareScope",
      isAbsent(shareScope) ? undefined : doubts.note("shareScope", evaluatedJson(realm, shareScope)),
    ),
    ...optional("shareStrategy", text("shareStrategy")),
    options: otherOptions(realm, options, doubts),
    unresolved: doubts.rows,
    files: [...realm.files],
    build: buildOptionsOf(realm, enclosingBuild(evaluated.configs, call.instance), toolOfFile(file)),
    ...optional("compilation", call.doubtful ? undefined : compilationOf(evaluated.configs, call.instance)),
  };
  return evaluated.stopped === undefined ? config : withoutClaims(config, evaluated.stopped);
}

function optional<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: T };
}

/** The low-level plugins take one table each, under a name of their own. */
function lowLevelTables(plugin: string): {
  readonly remotes: string;
  readonly exposes: string;
  readonly shared: string;
} {
  const shared =
    plugin === "ConsumeSharedPlugin" ? "consumes" : plugin === "ProvideSharedPlugin" ? "provides" : "shared";
  return { remotes: "remotes", exposes: "exposes", shared };
}

function otherOptions(realm: Realm, options: Value, doubts: Doubts): ReadonlyMap<string, Evaluated<Json>> {
  const others = new Map<string, Evaluated<Json>>();
  if (options.kind !== "object" || isCallable(options)) return others;
  for (const { key, property } of ownEntries(realm, options)) {
    if (TABLES.has(key) || key === "consumes" || key === "provides") continue;
    const value = readMember(realm, options, key, property.keySource);
    if (!isAbsent(value)) others.set(key, doubts.note(key, evaluatedJson(realm, value)));
  }
  return others;
}

/** The tool that the file is for: told by its name, else by the plugin, else by a neighbouring file. */
function bundlerOf(file: FilePath, call: ReceiverCall): BundlerName {
  if (call.receiver.bundler === "runtime") return "runtime";
  const byName = toolOfFile(file);
  if (byName !== undefined) return byName;
  if (call.receiver.bundler !== undefined) return call.receiver.bundler;
  if (call.receiver.implementation === "rspack") return "rspack";
  return call.receiver.implementation === "native-federation" ? "native-federation" : "webpack";
}

/** After evaluation was stopped, later statements may have changed anything: nothing is claimed. */
function withoutClaims(config: FederationConfig, reason: string): FederationConfig {
  const doubt = (source: FederationConfig["source"]): Evaluated<never> => ({ known: false, reason, source });
  const empty = { entries: [], complete: false };
  return {
    ...config,
    ...optional("name", config.name === undefined ? undefined : doubt(config.name.source)),
    ...optional("filename", config.filename === undefined ? undefined : doubt(config.filename.source)),
    remotes: { ...config.remotes, ...empty },
    exposes: { ...config.exposes, ...empty },
    shared: { ...config.shared, ...empty },
    options: new Map(),
  };
}
