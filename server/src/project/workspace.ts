/**
 * What the analysis is told from outside: the workspace's root folders and the settings that change results.
 * Both are inputs of the database, so that a changed setting recomputes only what read it.
 */
import { input } from "../query/database.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db, World } from "../vfs/vfs.ts";

export interface AnalysisSettings {
  /** `federationLens.env`: pinned values of environment variables and of `mode` / `command`. */
  readonly env: Readonly<Record<string, string>>;
  /** `.env` files are read. */
  readonly readDotEnv: boolean;
  /** Globs of files and folders left out, beside the usual ones. */
  readonly exclude: readonly string[];
  /** Rule id → severity, `off` included. */
  readonly rules: Readonly<Record<string, string>>;
  /** Answer as if every webpack-like config were built by this one. */
  readonly assumeBundler: "webpack" | "enhanced" | "rspack" | undefined;
  /** Files that tell of containers of other repositories: what `fedlens index` writes, and manifests. */
  readonly snapshots: readonly FilePath[];
}

export const defaultSettings: AnalysisSettings = {
  env: {},
  readDotEnv: false,
  exclude: [],
  rules: {},
  assumeBundler: undefined,
  snapshots: [],
};

const rootsInput = input<World, readonly FilePath[]>("workspaceRoots", () => []);
const settingsInput = input<World, AnalysisSettings>("analysisSettings", () => defaultSettings);

export function workspaceRoots(db: Db): readonly FilePath[] {
  return db.get(rootsInput);
}

export function setWorkspaceRoots(db: Db, roots: readonly FilePath[]): void {
  db.set(rootsInput, "", roots);
}

export function analysisSettings(db: Db): AnalysisSettings {
  return db.get(settingsInput);
}

export function setAnalysisSettings(db: Db, settings: AnalysisSettings): void {
  db.set(settingsInput, "", settings);
}
