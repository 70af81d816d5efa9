/** Who provides a share key, and which version each consumer gets: the shapes of `resolve --json`, with places. */
import type { ContainerId } from "../graph/container.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";

export interface ShareProvider {
  readonly container: ContainerId;
  readonly version: string | false;
  readonly eager: boolean;
  readonly loaded: boolean;
  /** The provided file's package.json, or the config's `version`. */
  readonly source: SourceRange | undefined;
}

export type ShareOutcomeKind = "shared" | "fallback" | "shared-with-warning" | "error" | "unknown";

/** One of several outcomes, where something is not known statically. */
export interface SharePossibility {
  readonly outcome: Exclude<ShareOutcomeKind, "unknown">;
  /** `undefined` where the version is one that the workspace does not know. */
  readonly version: string | false | undefined;
  readonly provider: ContainerId | undefined;
  readonly message: string | undefined;
  /** What must hold for it, for people. */
  readonly when: string;
}

export interface ShareConsumer {
  readonly container: ContainerId;
  /** Id of the consume-shared module in its container's graph. */
  readonly module: string;
  readonly requiredVersion: string | false | null;
  readonly requiredVersionSource: SourceRange | undefined;
  readonly singleton: boolean;
  readonly strictVersion: boolean;
  readonly eager: boolean;
  readonly layer: string | undefined;
  readonly importFallback: boolean;
  readonly outcome: ShareOutcomeKind;
  readonly version: string | false | undefined;
  readonly provider: ContainerId | undefined;
  /** The runtime's own text where it warns or fails. */
  readonly message: string | undefined;
  /** The facts that decided, in order, for people. */
  readonly why: readonly string[];
  /** All outcomes that are possible, that of `outcome` first where it is known; empty where there is only one. */
  readonly possibilities: readonly SharePossibility[];
}

export interface ShareResolution {
  readonly shareScope: string;
  readonly shareKey: string;
  readonly providers: readonly ShareProvider[];
  readonly consumers: readonly ShareConsumer[];
}
