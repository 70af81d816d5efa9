/**
 * A workspace as every front end sees it: open it on a host, tell it what changes, ask for features. All of it is
 * synchronous; the long first look is a job in steps, pumped from outside.
 */
import { containerGraph, containers, graphStillHolds, prepareContainers, prepareGraph } from "../graph/index.ts";
import { type AnalysisSettings, setAnalysisSettings, setWorkspaceRoots, workspaceRoots } from "../project/workspace.ts";
import { Database } from "../query/database.ts";
import { checkBuild, checkWhole } from "../rules/run.ts";
import type { Host } from "../vfs/host.ts";
import { baseName, type FilePath, isInside } from "../vfs/path.ts";
import { applyFileChanges, createWorld, type Db, directoryEntries, type FileChange, fileContent } from "../vfs/vfs.ts";
import { warmConfigs, warmModules } from "./warmUp.ts";

/** The package managers' lockfiles, hidden ones in `node_modules` included. */
const LOCKFILE =
  /\/(?:\.?package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|\.modules\.yaml|yarn\.lock|bun\.lockb?)$/;

/** Folders of packages, and the manifests in them. */
const INSTALLED = /\/node_modules(?:$|\/(?:.*\/)?(?:package\.json$|[^./]*$))/;

export interface IndexProgress {
  readonly done: number;
  readonly total: number;
  readonly message: string;
}

export class Workspace {
  readonly db: Db;

  constructor(host: Host, roots: readonly FilePath[], settings: AnalysisSettings) {
    this.db = new Database(createWorld(host));
    setWorkspaceRoots(this.db, roots);
    setAnalysisSettings(this.db, settings);
  }

  /** Rises with every change. */
  get generation(): number {
    return this.db.revision;
  }

  get roots(): readonly FilePath[] {
    return workspaceRoots(this.db);
  }

  /** A changed lockfile stands for the installed packages, which editors do not watch. */
  applyChanges(changes: readonly FileChange[]): void {
    applyFileChanges(this.db, changes);
    if (!changes.some(({ path }) => LOCKFILE.test(path))) return;
    const looked = new Set([...this.db.keysOf(fileContent), ...this.db.keysOf(directoryEntries)]);
    const installed = [...looked].filter((path) => INSTALLED.test(path));
    applyFileChanges(
      this.db,
      installed.map((path) => ({ kind: "disk", path })),
    );
  }

  setRoots(roots: readonly FilePath[]): void {
    setWorkspaceRoots(this.db, roots);
  }

  setSettings(settings: AnalysisSettings): void {
    setAnalysisSettings(this.db, settings);
  }

  /**
   * Computes everything that a check shows, in steps; memos finished before a stop stay valid. Short steps, a module at
   * most, let something else run in between and cost a little more altogether.
   */
  *index({ shortSteps }: { readonly shortSteps: boolean }): Generator<IndexProgress, void> {
    for (const file of warmConfigs(this.db)) yield { done: 0, total: 1, message: baseName(file) };
    for (const _pause of prepareContainers(this.db)) yield { done: 0, total: 1, message: "containers" };
    const all = containers(this.db);
    for (const [done, container] of all.entries()) {
      const progress = { done, total: all.length, message: container.name ?? container.project };
      yield progress;
      if (!graphStillHolds(this.db, container.id)) {
        if (shortSteps) {
          for (const _seen of warmModules(this.db, container)) yield progress;
          for (const _pause of prepareGraph(this.db, container.id)) yield progress;
        }
        containerGraph(this.db, container.id);
      }
    }
    for (const _subject of checkWhole(this.db)) yield { done: 0, total: all.length, message: "findings" };
    for (const [done, { id }] of all.entries()) {
      for (const _file of checkBuild(this.db, id)) yield { done, total: all.length, message: "findings" };
    }
  }

  /** The folders of the workspace in which something has been looked for: a change elsewhere matters to nothing yet. */
  lookedInto(): readonly FilePath[] {
    return this.db.keysOf(directoryEntries).filter((folder) => this.roots.some((root) => isInside(folder, root)));
  }

  /** Modules over all containers, and containers. */
  counts(): { readonly modules: number; readonly containers: number } {
    const files = new Set<FilePath>();
    const all = containers(this.db);
    for (const { id } of all) {
      for (const module of containerGraph(this.db, id).modules.values())
        if (module.type === "normal") files.add(module.file);
    }
    return { modules: files.size, containers: all.length };
  }
}

export function openWorkspace(host: Host, roots: readonly FilePath[], settings: AnalysisSettings): Workspace {
  return new Workspace(host, roots, settings);
}
