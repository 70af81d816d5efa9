/** What the command line says of a workspace, without opening it. */
import path from "node:path";
import { createNodeHost, type NodeHost } from "../host/nodeHost.ts";
import { type AnalysisSettings, defaultSettings } from "../project/workspace.ts";
import { type FilePath, normalizePath } from "../vfs/path.ts";
import { snapshotFiles } from "./snapshotFiles.ts";
import { UsageError } from "./usageError.ts";

export interface CommonOptions {
  readonly root?: string;
  readonly rule?: readonly string[];
  readonly env?: readonly string[];
  readonly readDotenv?: boolean;
  readonly assumeBundler?: string;
  /** Globs of snapshots and manifests of other repositories. */
  readonly from?: readonly string[];
}

const BUNDLERS = ["webpack", "enhanced", "rspack"] as const;
const SEVERITIES = ["error", "warning", "info", "hint", "off"];

export interface Asked {
  readonly host: NodeHost;
  readonly root: FilePath;
  readonly settings: AnalysisSettings;
}

export function asked(directory: string | undefined, options: CommonOptions): Asked {
  const host = createNodeHost();
  const root = host.realPath(normalizePath(path.resolve(options.root ?? directory ?? ".")));
  if (host.readDirectory(root) === undefined) throw new UsageError(`no such folder: ${root}`);
  return { host, root, settings: settingsOf(options) };
}

function settingsOf(options: CommonOptions): AnalysisSettings {
  const { assumeBundler } = options;
  const bundler = BUNDLERS.find((name) => name === assumeBundler);
  if (assumeBundler !== undefined && bundler === undefined)
    throw new UsageError(`--assume-bundler takes ${BUNDLERS.join(", ")}`);
  const rules = pairs(options.rule ?? [], "--rule takes id=severity");
  for (const severity of Object.values(rules)) {
    if (!SEVERITIES.includes(severity)) throw new UsageError(`a severity is one of ${SEVERITIES.join(", ")}`);
  }
  return {
    ...defaultSettings,
    rules,
    env: pairs(options.env ?? [], "--env takes NAME=value"),
    assumeBundler: bundler,
    readDotEnv: options.readDotenv === true,
    snapshots: (options.from ?? []).flatMap((pattern) => snapshotFiles(pattern)),
  };
}

function pairs(items: readonly string[], usage: string): Record<string, string> {
  return Object.fromEntries(
    items.map((item) => {
      const at = item.indexOf("=");
      if (at <= 0) throw new UsageError(usage);
      return [item.slice(0, at), item.slice(at + 1)];
    }),
  );
}
