/** A workspace in memory, and its configurations in the contract's form. */
import { federationConfigs } from "../../server/src/bundlers/federationConfigs.ts";
import { configDocument } from "../../server/src/ide/configDocument.ts";
import type { FederationConfig } from "../../server/src/model/federationConfig.ts";
import { type AnalysisSettings, defaultSettings, setAnalysisSettings } from "../../server/src/project/workspace.ts";
import { Database } from "../../server/src/query/database.ts";
import { MemoryHost } from "../../server/src/vfs/memoryHost.ts";
import { createWorld, type Db } from "../../server/src/vfs/vfs.ts";

/** The workspace's folder, in front of every path of the files. */
export const root = "/ws";

export interface TestWorkspace {
  readonly db: Db;
  readonly host: MemoryHost;
  readonly configs: () => readonly FederationConfig[];
  /** `config --json`'s entries, without what a test does not look at. */
  readonly json: () => readonly Record<string, unknown>[];
}

export function openWorkspace(
  files: Readonly<Record<string, string>>,
  settings: Partial<AnalysisSettings> = {},
): TestWorkspace {
  const host = new MemoryHost(Object.fromEntries(Object.entries(files).map(([path, text]) => [root + path, text])));
  const db: Db = new Database(createWorld(host));
  setAnalysisSettings(db, { ...defaultSettings, ...settings });
  return {
    db,
    host,
    configs: () => federationConfigs(db, root),
    json: () => configDocument(db, root).configs as unknown as Record<string, unknown>[],
  };
}

/** The one configuration of a `webpack.config.js` whose plugin gets these options; `before` stands above it. */
export function pluginOptions(
  options: string,
  before = "",
  files: Readonly<Record<string, string>> = {},
): Record<string, unknown> {
  const text = `const { ModuleFederationPlugin } = require("webpack").container;\n${before}\nmodule.exports = { plugins: [new ModuleFederationPlugin(${options})] };\n`;
  const found = openWorkspace({ "/webpack.config.js": text, ...files }).json();
  if (found.length !== 1) throw new Error(`${found.length} configurations`);
  return found[0]!;
}
