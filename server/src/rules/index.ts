/** The registry of rules: generated from the files of this folder; `UPDATE=1 npm test` rewrites it. */
import configUnknownOption from "./config/unknown-option.ts";
import configUnresolvedValue from "./config/unresolved-value.ts";
import containersBuildTarget from "./containers/build-target.ts";
import containersDevServerCors from "./containers/dev-server-cors.ts";
import containersDuplicateName from "./containers/duplicate-name.ts";
import containersDuplicatePlugin from "./containers/duplicate-plugin.ts";
import containersDuplicateUniqueName from "./containers/duplicate-unique-name.ts";
import containersExternalRuntime from "./containers/external-runtime.ts";
import containersGetPublicPath from "./containers/get-public-path.ts";
import containersHashedEntry from "./containers/hashed-entry.ts";
import containersInvalidName from "./containers/invalid-name.ts";
import containersLazyCompilation from "./containers/lazy-compilation.ts";
import containersLibraryName from "./containers/library-name.ts";
import containersManualChunks from "./containers/manual-chunks.ts";
import containersMissingName from "./containers/missing-name.ts";
import containersPublicPath from "./containers/public-path.ts";
import containersRuntimeChunk from "./containers/runtime-chunk.ts";
import containersSplitEntry from "./containers/split-entry.ts";
import exposesInvalidKey from "./exposes/invalid-key.ts";
import exposesMissingFile from "./exposes/missing-file.ts";
import remotesAliasPrefix from "./remotes/alias-prefix.ts";
import remotesEsmEntryAsScript from "./remotes/esm-entry-as-script.ts";
import remotesGlobalClash from "./remotes/global-clash.ts";
import remotesMissingExpose from "./remotes/missing-expose.ts";
import remotesMissingManifest from "./remotes/missing-manifest.ts";
import remotesNameMismatch from "./remotes/name-mismatch.ts";
import remotesNoInstance from "./remotes/no-instance.ts";
import remotesUnknownRemote from "./remotes/unknown-remote.ts";
import remotesWrongAddress from "./remotes/wrong-address.ts";
import type { Rule } from "./rule.ts";
import sharedEagerInContainer from "./shared/eager-in-container.ts";
import sharedEagerTreeShaking from "./shared/eager-tree-shaking.ts";
import sharedExternal from "./shared/external.ts";
import sharedFilteredSingleton from "./shared/filtered-singleton.ts";
import sharedMissingAsyncBoundary from "./shared/missing-async-boundary.ts";
import sharedMissingProvider from "./shared/missing-provider.ts";
import sharedNotAVersion from "./shared/not-a-version.ts";
import sharedPathBypass from "./shared/path-bypass.ts";
import sharedPrefixWithoutRoot from "./shared/prefix-without-root.ts";
import sharedRangeAsVersion from "./shared/range-as-version.ts";
import sharedSingletonVersionConflict from "./shared/singleton-version-conflict.ts";
import sharedSubpathBypass from "./shared/subpath-bypass.ts";
import sharedTransformedImport from "./shared/transformed-import.ts";
import sharedUnknownVersion from "./shared/unknown-version.ts";
import sharedUnsatisfiedVersion from "./shared/unsatisfied-version.ts";
import sharedUnusedEntry from "./shared/unused-entry.ts";
import sharedUnusedExport from "./shared/unused-export.ts";
import sharedUnusedImport from "./shared/unused-import.ts";

export const rules: readonly Rule[] = [
  configUnknownOption,
  configUnresolvedValue,
  containersBuildTarget,
  containersDevServerCors,
  containersDuplicateName,
  containersDuplicatePlugin,
  containersDuplicateUniqueName,
  containersExternalRuntime,
  containersGetPublicPath,
  containersHashedEntry,
  containersInvalidName,
  containersLazyCompilation,
  containersLibraryName,
  containersManualChunks,
  containersMissingName,
  containersPublicPath,
  containersRuntimeChunk,
  containersSplitEntry,
  exposesInvalidKey,
  exposesMissingFile,
  remotesAliasPrefix,
  remotesEsmEntryAsScript,
  remotesGlobalClash,
  remotesMissingExpose,
  remotesMissingManifest,
  remotesNameMismatch,
  remotesNoInstance,
  remotesUnknownRemote,
  remotesWrongAddress,
  sharedEagerInContainer,
  sharedEagerTreeShaking,
  sharedExternal,
  sharedFilteredSingleton,
  sharedMissingAsyncBoundary,
  sharedMissingProvider,
  sharedNotAVersion,
  sharedPathBypass,
  sharedPrefixWithoutRoot,
  sharedRangeAsVersion,
  sharedSingletonVersionConflict,
  sharedSubpathBypass,
  sharedTransformedImport,
  sharedUnknownVersion,
  sharedUnsatisfiedVersion,
  sharedUnusedEntry,
  sharedUnusedExport,
  sharedUnusedImport,
];
