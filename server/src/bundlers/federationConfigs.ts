/** The face of this layer: every federation configuration of a workspace. */

import { deepEquals } from "../base/equals.ts";
import { type EvaluationWorld, OutOfFuel, ThrowSignal } from "../evaluate/realm.ts";
import type { FederationConfig } from "../model/federationConfig.ts";
import { analysisSettings } from "../project/workspace.ts";
import { query } from "../query/database.ts";
import { baseName, type FilePath, parentPath } from "../vfs/path.ts";
import type { Db, World } from "../vfs/vfs.ts";
import { type Candidate, configCandidates, kindOfCandidate, namesReceivers } from "./candidates.ts";
import { type EvaluatedFile, evaluateFile } from "./evaluateFile.ts";
import { configsOfCalls } from "./federationConfig.ts";
import { mergeWorlds } from "./mergeWorlds.ts";
import { exportedOptions } from "./optionsFile.ts";
import { packageFolder, startFolders } from "./startFolders.ts";

const SEPARATOR = "\n";

/** What the evaluation of one file gave, and which files it read. */
export interface FileConfigs {
  readonly configs: readonly FederationConfig[];
  readonly files: readonly FilePath[];
  /** They are made by functions that the file gives to others. */
  readonly isUncalled: boolean;
}

/** The world in which a file is evaluated first: as in development, with the settings' pinned values. */
function worldOf(db: Db, root: FilePath, file: FilePath): EvaluationWorld {
  const settings = analysisSettings(db);
  const { mode, command } = settings.env;
  const isApplication = kindOfCandidate(db, root, file) === "runtime";
  const folder = packageFolder(db, root, file);
  const { cwd, context } = isApplication ? { cwd: folder, context: folder } : startFolders(db, root, file);
  return {
    mode: mode === "production" ? "production" : "development",
    command: command === "build" ? "build" : "serve",
    env: settings.env,
    readDotEnv: settings.readDotEnv,
    cwd,
    context,
    workspaceRoot: root,
    ...(isApplication ? { isApplication: true } : {}),
  };
}

/** Evaluates a file in one world. */
export function configsInWorld(evaluated: EvaluatedFile, file: FilePath): readonly FederationConfig[] {
  try {
    const configs = configsOfCalls(file, evaluated);
    return configs.length > 0 ? configs : exportedOptions(file, evaluated);
  } catch (error) {
    // Options too large to be read, or getters in them that throw.
    if (error instanceof OutOfFuel || error instanceof ThrowSignal || error instanceof RangeError) return [];
    throw error;
  }
}

interface Taken {
  readonly world: EvaluationWorld;
  readonly evaluated: EvaluatedFile;
  readonly configs: readonly FederationConfig[];
}

/** Where plugins are used only when a variable is set, the file is read for any value of its variables. */
function configsTaken(db: Db, file: FilePath, world: EvaluationWorld): Taken {
  const evaluated = evaluateFile(db, file, world);
  const configs = configsInWorld(evaluated, file);
  const depends = configs.length === 0 && evaluated.calls.length === 0 && evaluated.realm.variablesRead.size > 0;
  if (!depends || ![...evaluated.realm.files].some((read) => namesReceivers(db, read)))
    return { world, evaluated, configs };
  const open = { ...world, assumesNothing: true };
  const again = evaluateFile(db, file, open);
  return { world: open, evaluated: again, configs: configsInWorld(again, file) };
}

/** The world in which a file's configurations were found. */
export function worldTaken(db: Db, root: FilePath, file: FilePath): EvaluationWorld {
  return configsTaken(db, file, worldOf(db, root, file)).world;
}

const configsOf = query<World, FileConfigs>("configsOfFile", (db, key) => {
  const [root, file] = key.split(SEPARATOR) as [FilePath, FilePath];
  const { world, evaluated: first, configs } = configsTaken(db, file, worldOf(db, root, file));
  const { isUncalled } = first;
  const files = [...first.realm.files];
  if (!first.realm.modeRead || analysisSettings(db).env.mode !== undefined) return { configs, files, isUncalled };
  const production = evaluateFile(db, file, { ...world, mode: "production", command: "build" });
  return {
    configs: mergeWorlds(configs, configsInWorld(production, file)),
    files: [...new Set([...files, ...production.realm.files])],
    isUncalled,
  };
});

/** The configurations that one file makes when its tool loads it. */
export function configsOfFile(db: Db, root: FilePath, file: FilePath): readonly FederationConfig[] {
  return db.get(configsOf, `${root}${SEPARATOR}${file}`).configs;
}

const allConfigs = query<World, readonly FederationConfig[]>("federationConfigs", (db, root) =>
  collect(db, root, configCandidates(db, root)),
);

/** Whether all configurations below a root are known and nothing that they were read from has changed. */
export function configsStillHold(db: Db, root: FilePath): boolean {
  return db.stillHolds(allConfigs, root);
}

/** Every configuration below a root, in a stable order. `files` are the workspace's source files, when they are known. */
export function federationConfigs(db: Db, root: FilePath, files?: readonly FilePath[]): readonly FederationConfig[] {
  return files === undefined ? db.get(allConfigs, root) : collect(db, root, configCandidates(db, root, files));
}

/**
 * Tool entries come first; a file that they have read is part of their configurations and gives none of its own, unless a
 * tool would load it too.
 */
function collect(db: Db, root: FilePath, candidates: readonly Candidate[]): readonly FederationConfig[] {
  const found: FederationConfig[] = [];
  const read = new Set<FilePath>();
  const given = new Set<FederationConfig>();
  const take = (kind: Candidate["kind"]): void => {
    const taken: FilePath[] = [];
    for (const candidate of candidates) {
      if (candidate.kind !== kind || (kind !== "entry" && read.has(candidate.file))) continue;
      const { configs, files, isUncalled } = db.get(configsOf, `${root}${SEPARATOR}${candidate.file}`);
      const kept = kind === "mention" ? configs.filter(saysAnything) : configs;
      if (kept.length === 0) continue;
      found.push(...kept);
      if (isUncalled) for (const config of kept) given.add(config);
      taken.push(...files);
    }
    for (const file of taken) read.add(file);
  };
  for (const kind of ["entry", "options", "mention", "runtime"] as const) take(kind);
  const useful = found.filter(
    (config) => (saysAnything(config) && !given.has(config)) || !read.has(config.file) || !readElsewhere(found, config),
  );
  return distinct(db, root, useful).sort((left, right) =>
    left.file < right.file ? -1 : left.file > right.file ? 1 : 0,
  );
}

/** A helper that is evaluated without its caller knows nothing of what it is given. */
function saysAnything(config: FederationConfig): boolean {
  const tables = [config.remotes, config.exposes, config.shared];
  return config.name?.known === true || tables.some((table) => table.entries.length > 0);
}

function readElsewhere(configs: readonly FederationConfig[], config: FederationConfig): boolean {
  return configs.some((other) => other.file !== config.file && other.files.includes(config.file));
}

/** One plugin call that several files of a package lead to with the same result is one instance. */
function distinct(db: Db, root: FilePath, configs: readonly FederationConfig[]): FederationConfig[] {
  const kept: FederationConfig[] = [];
  const folderOf = (file: FilePath): FilePath => packageFolder(db, root, file);
  const rank = (config: FederationConfig): number =>
    Number(/prod|build|release|ssr/.test(baseName(config.file))) * 2 +
    Number(config.source.file !== config.file) -
    // What the tool loads without being told comes before what it is told to load, or loads itself.
    Number(/^[a-z]+\.config\.[cm]?[jt]s$/.test(baseName(config.file))) * 1.5;
  const ordered = [...configs].sort((left, right) => rank(left) - rank(right));
  for (const config of ordered) {
    const twin = kept.find(
      (other) =>
        other.file !== config.file &&
        other.plugin === config.plugin &&
        (parentPath(other.file) === parentPath(config.file) ||
          (config.source.file !== config.file && folderOf(other.file) === folderOf(config.file))) &&
        sameContent(other, config),
    );
    if (twin === undefined) kept.push(config);
  }
  return kept;
}

function contentOf(config: FederationConfig): unknown {
  const { name, filename, remotes, exposes, shared } = config;
  return withoutPlaces([name, filename, remotes.entries, exposes.entries, shared.entries]);
}

/** The data without what says where it stands. */
function withoutPlaces(data: unknown): unknown {
  if (typeof data !== "object" || data === null) return data;
  if (Array.isArray(data)) return data.map(withoutPlaces);
  if (data instanceof Map) return [...data].map(withoutPlaces);
  const kept = Object.entries(data).filter(([key]) => !/[sS]ource$/.test(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutPlaces(value)]));
}

function sameContent(left: FederationConfig, right: FederationConfig): boolean {
  return deepEquals(contentOf(left), contentOf(right));
}
