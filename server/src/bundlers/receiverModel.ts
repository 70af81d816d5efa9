/** Makes the members that adapters declare visible to the evaluator, and records every call of a receiver. */
import { modelMember } from "../evaluate/packages/modelSource.ts";
import type { PackageModel, Realm } from "../evaluate/realm.ts";
import { type CallContext, type ObjectValue, unknown, type Value } from "../evaluate/value.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { Adapter, ModelledFunction, Receiver, ReceiverCall } from "./adapter.ts";

function matches(declared: Receiver | ModelledFunction, module: string, path: readonly string[]): boolean {
  if (!declared.modules.test(module)) return false;
  if (path.length === 0) return declared.isDefault === true;
  const name = path.at(-1)!;
  return name === declared.name || ("names" in declared && declared.names?.test(name) === true);
}

/** A model over all adapters that writes the calls it sees into `calls`. */
export function receiverModel(adapters: readonly Adapter[], calls: ReceiverCall[]): PackageModel {
  const receivers = adapters.flatMap((adapter) => adapter.receivers);
  const functions = adapters.flatMap((adapter) => adapter.functions ?? []);
  const covered = adapters
    .filter((adapter) => adapter.isFallback !== true)
    .flatMap((adapter) => [...adapter.receivers, ...(adapter.functions ?? [])].map((declared) => declared.modules));
  const known = new Map<string, boolean>();
  return {
    covers: (module) => {
      const cached = known.get(module);
      if (cached !== undefined) return cached;
      const covers = covered.some((pattern) => pattern.test(module));
      known.set(module, covers);
      return covers;
    },
    member: (realm, module, path, source) => {
      const receiver = receivers.find((declared) => matches(declared, module, path));
      if (receiver !== undefined) {
        const named = receiver.names === undefined ? receiver : { ...receiver, name: path.at(-1) ?? receiver.name };
        return receiverValue(realm, named, module, source, calls);
      }
      const modelled = functions.find((declared) => matches(declared, module, path));
      return modelled === undefined ? undefined : modelMember(realm, modelled.model, modelled.name, source);
    },
  };
}

function receiverValue(
  realm: Realm,
  receiver: Receiver,
  module: string,
  source: SourceRange,
  calls: ReceiverCall[],
): Value {
  const value = realm.native(receiver.name, source, (call) => {
    const options = receiver.options === undefined ? call.args[0] : receiver.options(realm, call);
    const plugin = pluginObject(realm, call);
    const instance = receiver.result?.(realm, call, plugin) ?? plugin;
    if (options !== undefined && !realm.aside) {
      calls.push({ receiver, module, options, call, instance: plugin, doubtful: realm.uncertain !== undefined });
    }
    return instance;
  });
  if (receiver.isDefault) {
    // `require("…/plugin").ModuleFederationPlugin` and `.default` of such a module are the same thing.
    value.open = unknown(`a member of package ${module}`, source, { origin: { module, path: [] } });
    for (const name of [receiver.name, "default"])
      value.properties.set(name, { value, keySource: source, hidden: true });
  }
  return value;
}

function pluginObject(realm: Realm, call: CallContext): ObjectValue {
  const plugin = realm.object({ type: "plugin", record: {} }, call.source);
  plugin.open = unknown("a member of the plugin", call.source);
  plugin.properties.set("name", {
    value: unknown("the name of the plugin", call.source, { text: true }),
    keySource: call.source,
  });
  return plugin;
}
