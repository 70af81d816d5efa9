/** What the analysis is told of an editor's settings. */
import type { Settings } from "../../../shared/src/settings.ts";
import { type AnalysisSettings, defaultSettings } from "../project/workspace.ts";
import { type FilePath, isAbsolutePath, joinPath, normalizePath } from "../vfs/path.ts";

/** Snapshots are looked for in each workspace folder; those that are not there tell nothing. */
export function analysisSettingsOf(
  { env, readDotEnv, exclude, rules, snapshots }: Settings,
  roots: readonly FilePath[],
): AnalysisSettings {
  const files = snapshots.flatMap((file) =>
    isAbsolutePath(file) ? [normalizePath(file)] : roots.map((root) => joinPath(root, file)),
  );
  return { ...defaultSettings, env, readDotEnv, exclude, rules, snapshots: files };
}
