/** Which files can hold a federation configuration: by their names, and by a cheap test of their text. */

import { workspaceTree } from "../evaluate/workspaceTree.ts";
import { query } from "../query/database.ts";
import type { FilePath } from "../vfs/path.ts";
import { type Db, fileText, type World } from "../vfs/vfs.ts";
import { isOptionsFile, isToolEntry } from "./tools.ts";

/** Texts without any of these hold no configuration of federation. */
const TOKENS =
  /ModuleFederation|moduleFederation|module-federation|FederationPlugin|vite-plugin-federation|plugin-federation|withFederat|NativeFederation|native-federation|withFederation|createModuleFederationConfig|ContainerPlugin|ContainerReferencePlugin|SharePlugin|SharedPlugin/;
/** Of application code only calls that register something at run time matter. */
const RUNTIME_CALL = /\b(?:init|createInstance|registerRemotes|registerShared)\s*\(/;

export type Relevance = "config" | "runtime" | undefined;

const relevanceOf = query<World, Relevance>("federationRelevance", (db, file) => {
  const text = fileText(db, file);
  if (text === undefined || !TOKENS.test(text)) return undefined;
  if (/@module-federation\/[\w-]*(?:\/[\w-]+)*/.test(text) && RUNTIME_CALL.test(text) && /runtime/.test(text))
    return "runtime";
  return "config";
});

export interface Candidate {
  readonly file: FilePath;
  /** `entry`: a tool loads it; `options`: holds options for a tool; `mention`: another file that speaks of federation. */
  readonly kind: "entry" | "options" | "mention" | "runtime";
}

const NOT_CONFIG = /\.(?:test|spec|stories|d)\.[cm]?[jt]sx?$/;

/** The candidates below a root, in a stable order. `files` spares listing the folders. */
export function configCandidates(db: Db, root: FilePath, files?: readonly FilePath[]): readonly Candidate[] {
  const candidates: Candidate[] = [];
  for (const file of files ?? workspaceTree(db, root).sources) {
    const kind = candidateKind(db, file);
    if (kind !== undefined) candidates.push({ file, kind });
  }
  return candidates;
}

function candidateKind(db: Db, file: FilePath): Candidate["kind"] | undefined {
  if (isOptionsFile(file)) return "options";
  if (isToolEntry(file)) return "entry";
  if (NOT_CONFIG.test(file)) return undefined;
  const relevance = db.get(relevanceOf, file);
  if (relevance === "runtime") return "runtime";
  return relevance === "config" && /\.[cm]?[jt]s$/.test(file) ? "mention" : undefined;
}
