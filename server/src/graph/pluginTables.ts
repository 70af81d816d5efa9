/**
 * What the plugin instances of one build bring to it. Each has tables of its own and is asked in turn: of several that
 * share one request the first takes it, and what none takes goes on to the next.
 */
import type { FederationConfig, Implementation } from "../model/federationConfig.ts";
import type { ConsumeShared, ProvideShared } from "../model/shared.ts";
import type { Container, ContainerId, Expose, Remote } from "./container.ts";
import { isPart } from "./pluginParts.ts";

/** The tables of one plugin instance. */
export interface PluginTables {
  /** The container that its modules belong to. */
  readonly owner: ContainerId;
  readonly implementation: Implementation;
  readonly consumes: readonly ConsumeShared[];
  /** Where they begin among the owner's. */
  readonly firstConsume: number;
  readonly provides: readonly ProvideShared[];
  readonly firstProvide: number;
  readonly remotes: readonly Remote[];
  /** The entry that it makes; of no use without exposes. */
  readonly name: string | undefined;
  readonly filename: string | undefined;
  readonly exposes: readonly Expose[];
  readonly shareScopes: readonly string[];
  /** It is asked before the externals, as Rspack asks plugins that do not wait for others. */
  readonly early: boolean;
}

/** Whether a plugin is asked before the externals of its build. */
export function isEarly(config: FederationConfig): boolean {
  return config.implementation === "rspack" && isPart(config);
}

/** Of all instances that act on a container's build, in the order in which they are asked. */
export function tablesOf(container: Container): readonly PluginTables[] {
  const { id: owner, config } = container;
  return container.plugins ?? [{ ...container, owner, firstConsume: 0, firstProvide: 0, early: isEarly(config) }];
}
