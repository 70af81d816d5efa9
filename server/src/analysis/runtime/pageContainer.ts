/** The containers of a page, as far as sharing goes. */
import type { FederationRuntime } from "../../model/federationConfig.ts";
import type { ScopeEntry, ShareStrategy } from "./scope.ts";

export interface PageProvide {
  readonly shareScope: string;
  readonly shareKey: string;
  readonly version: string;
  readonly eager: boolean;
}

export interface PageRemote {
  /** Id of its container. */
  readonly container: string;
  /** The host's share scopes that are handed over; more than one is a list in the configuration. */
  readonly shareScopes: readonly string[];
  /** The container is there without waiting (`var`, `commonjs`), or comes with a script or a promise. */
  readonly immediate: boolean;
  /** Address of its script, for messages. */
  readonly entry?: string;
  /** The bundle's own code loads it, not the 2.x runtime: every type of remote but a script. */
  readonly external?: boolean;
  /** Nothing in the build imports from it, so that only code that loads it by itself initialises it. */
  readonly dormant?: boolean;
}

export interface PageContainer {
  readonly id: string;
  /** How it calls itself in a scope. */
  readonly from: string;
  readonly runtime: FederationRuntime;
  readonly strategy: ShareStrategy;
  /** The share scopes under which it keeps what a host hands over; more than one is a list. */
  readonly shareScopes: readonly string[];
  readonly provides: readonly PageProvide[];
  readonly remotes: readonly PageRemote[];
}

/** An entry of a scope with the container whose copy it is; `from` is what the runtime says. */
export interface PageEntry extends ScopeEntry {
  readonly container: string;
}
