/** The registry of rules: generated from the files of this folder; `UPDATE=1 npm test` rewrites it. */
import configUnresolvedValue from "./config/unresolved-value.ts";
import containersDuplicateName from "./containers/duplicate-name.ts";
import containersInvalidName from "./containers/invalid-name.ts";
import exposesInvalidKey from "./exposes/invalid-key.ts";
import exposesMissingFile from "./exposes/missing-file.ts";
import remotesMissingExpose from "./remotes/missing-expose.ts";
import remotesUnknownRemote from "./remotes/unknown-remote.ts";
import type { Rule } from "./rule.ts";
import sharedMissingAsyncBoundary from "./shared/missing-async-boundary.ts";
import sharedSingletonVersionConflict from "./shared/singleton-version-conflict.ts";
import sharedSubpathBypass from "./shared/subpath-bypass.ts";
import sharedUnknownVersion from "./shared/unknown-version.ts";
import sharedUnsatisfiedVersion from "./shared/unsatisfied-version.ts";
import sharedUnusedEntry from "./shared/unused-entry.ts";
import sharedUnusedImport from "./shared/unused-import.ts";

export const rules: readonly Rule[] = [
  configUnresolvedValue,
  containersDuplicateName,
  containersInvalidName,
  exposesInvalidKey,
  exposesMissingFile,
  remotesMissingExpose,
  remotesUnknownRemote,
  sharedMissingAsyncBoundary,
  sharedSingletonVersionConflict,
  sharedSubpathBypass,
  sharedUnknownVersion,
  sharedUnsatisfiedVersion,
  sharedUnusedEntry,
  sharedUnusedImport,
];
