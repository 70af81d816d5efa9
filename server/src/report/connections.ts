/** What connects the consumers of a share key with its providers: versions, loading, and how each request is resolved. */
import { shareResolutions } from "../analysis/resolveShare.ts";
import type { ShareOutcomeKind } from "../analysis/shareResolution.ts";
import { shareId } from "../graph/index.ts";
import { workspaceUsage } from "../usage/sharedUsage.ts";
import type { Db } from "../vfs/vfs.ts";
import { appName } from "./evidence.ts";

export interface ConnectionInfo {
  readonly shareScope: string;
  readonly shareKey: string;
  /** Sorted as texts; `0` for a copy without a version. */
  readonly availableVersions: readonly string[];
  readonly providers: readonly {
    readonly from: string;
    readonly version: string | false;
    readonly eager: boolean;
    /** The module itself is there once its container has registered. */
    readonly loaded: boolean;
  }[];
  readonly consumers: readonly {
    readonly app: string;
    readonly requiredVersion: string | false | null;
    readonly status: ShareOutcomeKind;
    readonly version: string | false | null;
    readonly provider: string | null;
    readonly fallback: boolean;
  }[];
  /** Exports used over all consumers; `undefined` where none imports the key or the whole is taken. */
  readonly usedExports: readonly string[] | undefined;
  readonly providedExports: number | null;
}

/** `key` keeps one share key. */
export function connectionInfos(db: Db, key?: string): readonly ConnectionInfo[] {
  const usage = new Map(workspaceUsage(db).map((row) => [shareId(row.shareScope, row.shareKey), row]));
  return shareResolutions(db)
    .filter(({ shareKey }) => key === undefined || shareKey === key)
    .map(({ shareScope, shareKey, providers, consumers }) => {
      const row = usage.get(shareId(shareScope, shareKey));
      return {
        shareScope,
        shareKey,
        availableVersions: [...new Set(providers.map(({ version }) => version || "0"))].sort(),
        providers: providers.map(({ container, version, eager, loaded }) => ({
          from: appName(db, container),
          version,
          eager,
          loaded,
        })),
        consumers: consumers.map((consumer) => ({
          app: appName(db, consumer.container),
          requiredVersion: consumer.requiredVersion,
          status: consumer.outcome,
          version: consumer.version ?? null,
          provider: consumer.provider === undefined ? null : appName(db, consumer.provider),
          fallback: consumer.outcome === "fallback",
        })),
        usedExports: row === undefined || row.whole ? undefined : row.used,
        providedExports: row?.provided?.length ?? null,
      };
    });
}
