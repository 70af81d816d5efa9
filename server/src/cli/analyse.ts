/** The work of `fedlens check`: looks through the workspace, applies safe fixes when asked to, keeps the result. */
import { neverRecords } from "../base/assert.ts";
import type { ReadAhead } from "../host/readAhead/readAhead.ts";
import type { ResultCache } from "../host/resultCache.ts";
import { Witness } from "../host/witness.ts";
import { type CheckResult, check } from "../ide/checkResult.ts";
import { openWorkspace } from "../ide/workspace.ts";
import type { FilePath } from "../vfs/path.ts";
import { fixedFiles, writeFiles } from "./applyFixes.ts";
import type { Asked } from "./asked.ts";
import type { CheckOptions } from "./check.ts";
import { runWithProgress } from "./output.ts";

export function analyse(
  { host, root, settings }: Asked,
  { fix, fixDryRun, project }: CheckOptions,
  cache: ResultCache<CheckResult> | undefined,
  ahead: ReadAhead | undefined,
): CheckResult {
  const reading = ahead === undefined ? host : { ...host, derivedAhead: (path: FilePath) => ahead.take(path) };
  const witness = cache === undefined ? undefined : new Witness(reading, ahead?.begun ?? Date.now());
  const workspace = openWorkspace(witness ?? reading, [root], settings);
  runWithProgress(workspace.index({ shortSteps: false }));
  if (fix || fixDryRun) {
    const files = fixedFiles(workspace.db);
    if (fix) {
      writeFiles(files);
      workspace.applyChanges(files.map(({ file }) => ({ kind: "disk", path: file })));
    }
    const edits = files.reduce((sum, file) => sum + file.edits, 0);
    process.stderr.write(`${edits} edits ${fix ? "made" : "possible"} in ${files.length} files\n`);
  }
  const result = check(workspace.db, root, project);
  // What an analysis with a failed part has found is not all there is.
  const testimony = neverRecords().length === 0 ? witness?.testimony() : undefined;
  if (testimony !== undefined) cache?.write(testimony, result);
  return result;
}
