/** What tools hand to configuration functions and hooks: environments, configurations to change, chains, plugin APIs. */

import { environmentObject } from "../evaluate/builtins/process.ts";
import { callValue } from "../evaluate/call.ts";
import { appendItem, iterate, ownEntries } from "../evaluate/contents.ts";
import type { Realm } from "../evaluate/realm.ts";
import {
  arrayItems,
  isCallable,
  type ObjectValue,
  primitive,
  stringOf,
  unknown,
  type Value,
} from "../evaluate/value.ts";
import type { BundlerName } from "../model/federationConfig.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";

export function openObject(realm: Realm, what: string, source: SourceRange): ObjectValue {
  const object = realm.plain(source);
  object.open = unknown(what, source);
  return object;
}

export function set(object: ObjectValue, name: string, value: Value): void {
  object.properties.set(name, { value, keySource: value.source });
}

/** What Vite, Rollup, Rsbuild and Modern.js hand to a configuration function. */
export function environmentArgument(realm: Realm, source: SourceRange): ObjectValue {
  const object = realm.object(
    {
      type: "lazy",
      name: "the tool's environment",
      isEnvironment: true,
      member: (name, at) => realm.missingVariable(`the tool's ${name}`, at),
    },
    source,
  );
  const { mode, command } = realm.world;
  set(object, "mode", primitive(mode, source));
  set(object, "envMode", primitive(mode, source));
  set(object, "env", primitive(mode, source));
  set(
    object,
    "command",
    primitive(command === "build" || realm.world.mode === "production" ? "build" : "serve", source),
  );
  set(object, "isSsrBuild", primitive(false, source));
  set(object, "ssrBuild", primitive(false, source));
  set(object, "isPreview", primitive(false, source));
  return object;
}

/** webpack's `env`; some tools hand a configuration in its place, so it can be used as one. */
export function webpackEnvironment(realm: Realm, source: SourceRange): ObjectValue {
  const config = bundlerConfig(realm, source);
  const flags = environmentObject(realm, "env", source);
  for (const [name, property] of config.properties) flags.properties.set(name, property);
  flags.properties.delete("mode");
  // Re.Pack builds once for each platform, and always says for which.
  if ([...realm.modules.values()].some(({ tree }) => tree.text.includes("@callstack/repack"))) {
    const platforms = ["ios", "android"].map((name) => primitive(name, source));
    set(flags, "platform", unknown("differs between platforms", source, { text: true, alternatives: platforms }));
  }
  set(flags, realm.world.mode === "production" ? "WEBPACK_BUILD" : "WEBPACK_SERVE", primitive(true, source));
  return flags;
}

export function webpackArgv(realm: Realm, source: SourceRange): ObjectValue {
  const argv = environmentObject(realm, "argv", source);
  set(argv, "mode", primitive(realm.world.mode, source));
  set(argv, "env", environmentObject(realm, "env", source));
  return argv;
}

/** A bundler's configuration as hooks get it: the usual members are there and empty, nothing else is known. */
export function bundlerConfig(realm: Realm, source: SourceRange): ObjectValue {
  const config = openObject(realm, "the configuration that the tool hands to a hook", source);
  set(config, "mode", primitive(realm.world.mode, source));
  set(config, "plugins", realm.array([], source));
  for (const name of [
    "resolve",
    "module",
    "output",
    "optimization",
    "experiments",
    "devServer",
    "externals",
    "entry",
    "server",
  ]) {
    set(config, name, openObject(realm, `${name} of the configuration that the tool hands to a hook`, source));
  }
  const inner = (owner: string, name: string, value: ObjectValue): void =>
    set(config.properties.get(owner)!.value as ObjectValue, name, value);
  inner("resolve", "alias", openObject(realm, "aliases of the tool", source));
  inner("resolve", "fallback", openObject(realm, "fallbacks of the tool", source));
  inner("module", "rules", realm.array([], source));
  for (const [owner, name] of [
    ["resolve", "extensions"],
    ["resolve", "plugins"],
    ["resolve", "modules"],
  ] as const)
    inner(owner, name, realm.array([], source));
  return config;
}

/** The second argument of hooks: `{ isServer, dev, webpack, appendPlugins, … }`. */
export function hookUtilities(
  realm: Realm,
  source: SourceRange,
  config: ObjectValue,
  tool: BundlerName | undefined,
): ObjectValue {
  const object = realm.object(
    { type: "lazy", name: "hook", member: (name, at) => unknown(`${name} of the hook's argument`, at) },
    source,
  );
  const append = realm.native("appendPlugins", source, (call) => {
    const plugins = config.properties.get("plugins")?.value;
    for (const arg of call.args)
      for (const item of arrayItems(arg) ?? [arg]) if (plugins?.kind === "object") appendItem(realm, plugins, item);
    return primitive(undefined, call.source);
  });
  for (const name of ["appendPlugins", "prependPlugins", "addPlugins"]) set(object, name, append);
  set(
    object,
    "mergeConfig",
    realm.native("mergeConfig", source, (call) => mergeInto(realm, call.args, call.source)),
  );
  if (tool === "next" || tool === undefined) {
    set(object, "isServer", primitive(false, source));
    set(object, "dev", primitive(realm.world.mode !== "production", source));
  }
  set(object, "isDev", primitive(realm.world.mode !== "production", source));
  set(object, "isProd", primitive(realm.world.mode === "production", source));
  set(object, "env", primitive(realm.world.mode, source));
  set(object, "mode", primitive(realm.world.mode, source));
  for (const [name, module] of [
    ["webpack", "webpack"],
    ["rspack", "@rspack/core"],
  ] as const) {
    set(object, name, realm.packages.length === 0 ? unknown(module, source) : packageValue(realm, module, source));
  }
  return object;
}

export function packageValue(_realm: Realm, module: string, source: SourceRange): Value {
  return unknown(`package ${module} is not evaluated`, source, { origin: { module, path: [] } });
}

/** Keeps all parts of a merge, so that plugins in any of them are found. */
function mergeInto(realm: Realm, args: readonly Value[], source: SourceRange): Value {
  const object = realm.plain(source);
  const plugins = realm.array([], source);
  for (const arg of args.flatMap((value) => arrayItems(value) ?? [value])) {
    if (arg.kind !== "object") continue;
    for (const { key, property } of ownEntries(realm, arg)) {
      if (key === "plugins")
        for (const item of iterate(realm, property.value, source).items) appendItem(realm, plugins, item);
      else object.properties.set(key, property);
    }
  }
  set(object, "plugins", plugins);
  return object;
}

/** `webpack-chain`: every member is a function that gives the chain again; `use(Plugin, [options])` makes a plugin, `tap` changes its arguments. */
export function chain(realm: Realm, source: SourceRange, onTap?: (callback: Value) => void): ObjectValue {
  const self: ObjectValue = realm.object(
    {
      type: "lazy",
      name: "chain",
      member: (name, at) =>
        realm.native(name, at, (call) => {
          if (name === "use" || name === "init") usePlugin(realm, call.args, call.source);
          if (name === "tap" && call.args[0] !== undefined && isCallable(call.args[0])) onTap?.(call.args[0]);
          if (name === "when") {
            const [condition, whenTrue, whenFalse] = call.args;
            const callback = condition?.kind === "primitive" && !condition.data ? whenFalse : whenTrue;
            if (callback !== undefined && isCallable(callback)) callValue(realm, callback, self, [self], call.source);
          }
          if (name === "merge" && call.args[0] !== undefined) return self;
          return self;
        }),
    },
    source,
  );
  return self;
}

function usePlugin(realm: Realm, args: readonly Value[], source: SourceRange): void {
  const [plugin, list] = args;
  if (plugin === undefined || plugin.kind === "primitive") return;
  const inner = list === undefined ? [] : iterate(realm, list, source).items;
  if (stringOf(plugin) === undefined)
    callValue(realm, plugin, primitive(undefined, source), inner, source, { construct: true });
}

/** The `api` of an Rsbuild or Modern.js plugin: callbacks that it is given are called with a configuration. */
export function pluginApi(realm: Realm, source: SourceRange, onCallback: (callback: Value) => void): ObjectValue {
  return realm.object(
    {
      type: "lazy",
      name: "api",
      member: (name, at) =>
        realm.native(name, at, (call) => {
          if (/^(?:modify|chain|on)/.test(name)) for (const arg of call.args) if (isCallable(arg)) onCallback(arg);
          return openObject(realm, `what api.${name} gives`, call.source);
        }),
    },
    source,
  );
}
