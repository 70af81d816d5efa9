/**
 * Plugins that do a part of what a federation plugin does, `SharePlugin` or `ContainerPlugin`: those of one build make one
 * container together.
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

/** The plugin instances of each container: one, or parts of the same build. */
export function joinParts(configs: readonly FederationConfig[]): readonly (readonly FederationConfig[])[] {
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
  return (PARTS.has(left.plugin) || PARTS.has(right.plugin)) && deepEquals(left.build, right.build);
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
