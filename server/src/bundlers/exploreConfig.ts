/**
 * Does what a build tool does with a loaded configuration: calls the function that a file exports, awaits promises, and
 * calls the hooks through which configurations of other tools reach the bundler's. Plugin calls are seen on the way.
 */

import { callValue } from "../evaluate/call.ts";
import { ownEntries } from "../evaluate/contents.ts";
import { type Realm, ThrowSignal } from "../evaluate/realm.ts";
import { arrayItems, isCallable, type ObjectValue, primitive, unknown, type Value } from "../evaluate/value.ts";
import type { BundlerName } from "../model/federationConfig.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { Receiver } from "./adapter.ts";
import { empArgument, empOption, isInEmpConfig } from "./emp.ts";
import {
  bundlerConfig,
  chain,
  environmentArgument,
  hookUtilities,
  openObject,
  packageValue,
  pluginApi,
  set,
  webpackArgv,
  webpackEnvironment,
} from "./hookArguments.ts";
import { rsbuildOption, umiOption } from "./rsbuild.ts";
import { takesEnvironmentObject } from "./tools.ts";

/** Members of configurations that hold a function over the bundler's configuration. */
const HOOKS: ReadonlySet<string> = new Set([
  "webpack",
  "webpackFinal",
  "viteFinal",
  "rsbuildFinal",
  "rspack",
  "configureWebpack",
  "configure",
  "chainWebpack",
  "bundlerChain",
  "webpackChain",
  "overrideWebpackConfig",
  "modifyWebpackConfig",
  "webpackConfigFunction",
  "setup",
  "onCreateWebpackConfig",
]);
const CHAIN_HOOKS: ReadonlySet<string> = new Set(["chainWebpack", "bundlerChain", "webpackChain"]);

const DEEPEST = 6;

/** Explores what a configuration file exports, and gives the build configurations found on the way. */
export function exploreConfig(
  realm: Realm,
  exported: Value,
  tool: BundlerName | undefined,
  found: OptionsFound,
): readonly ObjectValue[] {
  const exploration = new Exploration(realm, tool, found);
  exploration.visit(exported, 0, true);
  return exploration.configs;
}

/** Is told of options that a configuration holds under a name of its own, without a call. */
export type OptionsFound = (receiver: Receiver, options: ObjectValue) => void;

class Exploration {
  readonly realm: Realm;
  readonly tool: BundlerName | undefined;
  readonly found: OptionsFound;
  readonly configs: ObjectValue[] = [];
  readonly #seen = new Set<Value>();

  constructor(realm: Realm, tool: BundlerName | undefined, found: OptionsFound) {
    this.realm = realm;
    this.tool = tool;
    this.found = found;
  }

  /** `top` is true for what the file exports, before any member of it. */
  visit(value: Value, depth: number, top: boolean): void {
    if (depth > DEEPEST || this.#seen.has(value)) return;
    this.#seen.add(value);
    if (value.kind === "primitive") return;
    if (value.kind === "unknown") {
      for (const inner of [...(value.alternatives ?? []), ...(value.inputs ?? [])]) this.visit(inner, depth + 1, top);
      return;
    }
    if (value.slots.type === "promise") {
      this.visit(value.slots.value, depth, top);
      return;
    }
    if (isCallable(value)) {
      if (top) this.visit(this.#call(value, this.#toolArguments(value.source)), depth + 1, top);
      return;
    }
    const items = arrayItems(value);
    if (items !== undefined) {
      for (const item of [...items, ...(value.open?.inputs ?? [])]) this.visit(item, depth + 1, top);
      return;
    }
    if (value.slots.type !== "plain") return;
    if (top) this.configs.push(value);
    this.#visitMembers(value, depth);
    for (const input of value.open?.inputs ?? []) this.visit(input, depth + 1, top);
  }

  #visitMembers(object: ObjectValue, depth: number): void {
    for (const { key, property } of ownEntries(this.realm, object)) {
      if (property.getter !== undefined) continue;
      const member = property.value;
      this.#noteOptions(key, member);
      if (key === "plugins") for (const plugin of arrayItems(member) ?? []) this.#applyPlugin(plugin, object);
      if (HOOKS.has(key) && isCallable(member)) this.#callHook(key, member);
      else if (key === "webpack" || key === "rspack" || key === "configure" || key === "configureWebpack")
        this.visit(member, depth + 1, true);
      else this.visit(member, depth + 1, false);
      const items = HOOKS.has(key) ? arrayItems(member) : undefined;
      for (const item of items ?? []) if (isCallable(item)) this.#callHook(key, item);
    }
  }

  #noteOptions(key: string, member: Value): void {
    if (key === "moduleFederation" && this.tool === undefined && isInEmpConfig(member)) {
      const given = isCallable(member) ? this.#call(member, this.#toolArguments(member.source)) : member;
      const options = given.kind === "object" && given.slots.type === "promise" ? given.slots.value : given;
      if (options.kind === "object") this.found(empOption, options);
      return;
    }
    if (member.kind !== "object" || isCallable(member)) return;
    if (key === "moduleFederation" && (this.tool === "rsbuild" || this.tool === "rslib")) {
      const options = member.properties.get("options")?.value;
      if (options?.kind === "object") this.found(rsbuildOption, options);
    }
    if (key === "mf" && this.tool === undefined && member.properties.has("name")) this.found(umiOption, member);
  }

  /** A plugin written in the workspace may itself apply others. */
  #applyPlugin(plugin: Value, config: ObjectValue): void {
    if (plugin.kind !== "object" || plugin.slots.type !== "plain" || this.#seen.has(plugin)) return;
    this.#seen.add(plugin);
    const apply = findMember(plugin, "apply");
    if (apply === undefined || apply.slots.type !== "function") return;
    const { source } = apply;
    const compiler = this.realm.object(
      { type: "lazy", name: "compiler", member: (name, at) => unknown(`${name} of the compiler`, at) },
      source,
    );
    set(compiler, "options", config);
    set(compiler, "webpack", packageValue(this.realm, "webpack", source));
    this.#call(apply, [compiler], plugin);
  }

  #callHook(key: string, hook: Value): void {
    const { source } = hook;
    const config = bundlerConfig(this.realm, source);
    const first = CHAIN_HOOKS.has(key)
      ? chain(this.realm, source)
      : key === "setup"
        ? pluginApi(this.realm, source, (callback) => this.#callHook("rspack", callback))
        : config;
    if (key === "overrideWebpackConfig") {
      const wrapped = this.realm.plain(source);
      wrapped.properties.set("webpackConfig", { value: config, keySource: source });
      this.#settle(this.#call(hook, [wrapped]));
      return;
    }
    this.#settle(
      this.#call(hook, [
        first,
        hookUtilities(this.realm, source, config, this.tool),
        unknown("an argument of a hook", source),
      ]),
    );
    this.visit(config, 0, true);
  }

  #settle(result: Value): void {
    this.visit(result, 0, true);
  }

  #call(callee: Value, args: readonly Value[], self: Value = primitive(undefined, callee.source)): Value {
    const { realm } = this;
    try {
      return realm.persistently(() => callValue(realm, callee, self, args, callee.source));
    } catch (error) {
      if (!(error instanceof ThrowSignal)) throw error;
      return realm.problem(`the configuration's function fails: ${error.message}`, callee.source);
    }
  }

  #toolArguments(source: SourceRange): readonly Value[] {
    const { realm } = this;
    realm.modeRead = true;
    if (this.tool === undefined && isInEmpConfig(primitive(undefined, source)))
      return [empArgument(realm, source, (options) => this.found(empOption, options))];
    if (takesEnvironmentObject(this.tool))
      return [environmentArgument(realm, source), unknown("an argument of the tool", source)];
    if (this.tool === "next") {
      const phase = realm.world.mode === "production" ? "phase-production-build" : "phase-development-server";
      return [primitive(phase, source), openObject(realm, "the default configuration of Next.js", source)];
    }
    return [webpackEnvironment(realm, source), webpackArgv(realm, source), unknown("an argument of the tool", source)];
  }
}

/** A member of an object or of what it inherits from. */
function findMember(object: ObjectValue, name: string): ObjectValue | undefined {
  for (
    let holder: ObjectValue | null = object, hops = 0;
    holder !== null && hops < 20;
    holder = holder.prototype, hops++
  ) {
    const value = holder.properties.get(name)?.value;
    if (value !== undefined) return value.kind === "object" ? value : undefined;
  }
  return undefined;
}
