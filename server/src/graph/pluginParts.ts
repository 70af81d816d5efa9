/**
 * The plugin instances of one build, where there are several: plugins that do a part of what a federation plugin does,
 * `SharePlugin` or `ContainerPlugin`, or that plugin again. They act on the same modules.
 */
import { deepEquals } from "../base/equals.ts";
import type { ConfigTable, FederationConfig } from "../model/federationConfig.ts";

const PARTS: ReadonlySet<string> = new Set([
  "ContainerPlugin",
  "ContainerReferencePlugin",
  "SharePlugin",
  "ConsumeSharedPlugin",
  "ProvideSharedPlugin",
]);

/** The instances of each build, in the order in which they are made. */
export function instancesOfBuilds(configs: readonly FederationConfig[]): readonly (readonly FederationConfig[])[] {
  const groups: FederationConfig[][] = [];
  for (const config of configs) {
    const group = groups.find(([first]) => first !== undefined && belongTogether(first, config));
    if (group === undefined) groups.push([config]);
    else group.push(config);
  }
  return groups;
}

function belongTogether(left: FederationConfig, right: FederationConfig): boolean {
  if (left.file !== right.file || left.implementation !== right.implementation) return false;
  if (left.compilation !== undefined && right.compilation !== undefined) return left.compilation === right.compilation;
  return (isPart(left) || isPart(right)) && deepEquals(left.build, right.build);
}

/** Whether the plugin does a part only of what a federation plugin does. */
export function isPart({ plugin }: FederationConfig): boolean {
  return PARTS.has(plugin);
}

/** Those of one container: each that makes a container has its own, the first has the parts that make none. */
export function instancesOfContainers(
  instances: readonly FederationConfig[],
): readonly (readonly FederationConfig[])[] {
  const makers = instances.filter((config) => !isPart(config) || config.plugin === "ContainerPlugin");
  const [first, ...others] = makers;
  if (first === undefined || others.length === 0) return [instances];
  return [instances.filter((config) => !others.includes(config)), ...others.map((config) => [config])];
}

/** Federation plugins wait for all other plugins before they apply their parts. */
export function inTurn(instances: readonly FederationConfig[]): readonly FederationConfig[] {
  return [...instances.filter(isPart), ...instances.filter((config) => !isPart(config))];
}

/** The plugin for Rspack stops where it finds itself a second time. */
export function registersTwice(instances: readonly FederationConfig[]): boolean {
  const plugins = instances.filter(
    (config) => config.implementation === "rspack" && !isPart(config) && !/^@rspack\//.test(config.pluginModule ?? ""),
  );
  return plugins.length > 1;
}

/** One configuration with the tables of all; the rest is that of the part that makes a container. */
export function joined(parts: readonly FederationConfig[]): FederationConfig {
  const main = parts.find(({ name }) => name !== undefined) ?? parts[0]!;
  if (parts.length === 1) return main;
  return {
    ...main,
    remotes: together(parts.map(({ remotes }) => remotes)),
    exposes: together(parts.map(({ exposes }) => exposes)),
    shared: together(parts.map(({ shared }) => shared)),
    options: new Map(parts.flatMap(({ options }) => [...options])),
    unresolved: parts.flatMap(({ unresolved }) => unresolved),
    files: [...new Set(parts.flatMap(({ files }) => files))],
  };
}

function together<T>(tables: readonly ConfigTable<T>[]): ConfigTable<T> {
  return {
    ...tables.find(({ source }) => source !== undefined),
    entries: tables.flatMap(({ entries }) => entries),
    complete: tables.every(({ complete }) => complete),
  };
}
