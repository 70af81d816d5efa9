/** One federation plugin instance as the graph sees it: defaults filled in, places of everything kept. */

import type { FederationConfig, FederationRuntime, Implementation } from "../model/federationConfig.ts";
import type { ConsumeShared, ProvideShared } from "../model/shared.ts";
import type { FilePath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { PluginTables } from "./pluginTables.ts";

export type ContainerId = string;

export interface Expose {
  /** `./Button`. */
  readonly key: string;
  readonly requests: readonly string[];
  /** Resolved files, by index of `requests`; `undefined` where resolution fails or cannot be known. */
  readonly files: readonly (FilePath | undefined)[];
  /** False when a request or the resolve options are not known: a missing file proves nothing. */
  readonly certain: boolean;
  readonly keySource: SourceRange;
  readonly valueSource: SourceRange;
}

export interface Remote {
  /** What code imports: `cart` of `import("cart/Button")`. */
  readonly alias: string;
  /** External addresses as configured, `cart@http://…/remoteEntry.js`; unknown parts are `«dynamic»`. */
  readonly addresses: readonly string[];
  /** The container's global name in the address, when it has one. */
  readonly remoteName: string | undefined;
  /** URL of the entry or manifest. */
  readonly entry: string | undefined;
  readonly shareScopes: readonly string[];
  /** The workspace container that this remote is, when exactly one matches. */
  readonly container: ContainerId | undefined;
  /** The container that this remote is where one of the two is of another repository, as a snapshot tells. */
  readonly elsewhere: ContainerId | undefined;
  readonly certain: boolean;
  readonly keySource: SourceRange;
  readonly valueSource: SourceRange;
}

/** Where a build runs. Those of different platforms never share a scope, also when they are one app's. */
export type Platform = "web" | "worker" | "node";

export interface Container {
  readonly id: ContainerId;
  readonly config: FederationConfig;
  /** `undefined` when not given or not known. */
  readonly name: string | undefined;
  readonly filename: string | undefined;
  readonly uniqueName: string | undefined;
  readonly implementation: Implementation;
  readonly runtime: FederationRuntime;
  /** `undefined` where `target` names several, or is not known. */
  readonly platform: Platform | undefined;
  readonly shareStrategy: "version-first" | "loaded-first";
  readonly context: FilePath;
  readonly shareScopes: readonly string[];
  readonly consumes: readonly ConsumeShared[];
  readonly provides: readonly ProvideShared[];
  readonly exposes: readonly Expose[];
  readonly remotes: readonly Remote[];
  /** Where several plugin instances act on the build: the tables of all, this container's own among them, in turn. */
  readonly plugins?: readonly PluginTables[];
  /** Why the bundler stops before it builds anything. */
  readonly refusal?: string;
  /** False when shared / exposes / remotes may have entries that could not be evaluated. */
  readonly complete: { readonly shared: boolean; readonly exposes: boolean; readonly remotes: boolean };
  /** Nearest package.json's name, else the directory's: how people call this app. */
  readonly project: string;
  /** Of another repository: known from a snapshot, no subject of rules. */
  readonly elsewhere: boolean;
}
