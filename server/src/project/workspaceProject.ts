/**
 * Projects of Nx and Angular workspaces: which one a file belongs to, and its targets. They are written in a `project.json`
 * in the project's folder, or listed in `angular.json` or `workspace.json` of the workspace.
 */
import { parse } from "jsonc-parser";
import { query } from "../query/database.ts";
import { ancestorsOf, type FilePath, isInside, joinPath, parentPath } from "../vfs/path.ts";
import { type Db, fileText, isFile, type World } from "../vfs/vfs.ts";

export interface ProjectTarget {
  readonly name: string;
  /** `@nx/webpack:webpack`; of a target that only has a `command`, `nx:run-commands`. */
  readonly executor: string;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface WorkspaceProject {
  readonly folder: FilePath;
  /** The folder of the workspace, in which `nx` and `ng` run executors. */
  readonly workspace: FilePath;
  readonly targets: readonly ProjectTarget[];
}

const LISTS = ["angular.json", "workspace.json"] as const;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const dataOf = query<World, Record<string, unknown> | undefined>("projectFile", (db, file) => {
  const text = fileText(db, file);
  const data: unknown = text === undefined ? undefined : parse(text, [], { allowTrailingComma: true });
  return isRecord(data) ? data : undefined;
});

function targetsOf(project: Record<string, unknown>): readonly ProjectTarget[] {
  const written = isRecord(project.targets) ? project.targets : isRecord(project.architect) ? project.architect : {};
  return Object.entries(written).flatMap(([name, target]): ProjectTarget[] => {
    if (!isRecord(target)) return [];
    const { executor, builder, command, options } = target;
    const known = [executor, builder].find((value) => typeof value === "string");
    const given = isRecord(options) ? options : {};
    if (known !== undefined) return [{ name, executor: known as string, options: given }];
    return command === undefined ? [] : [{ name, executor: "nx:run-commands", options: { command, ...given } }];
  });
}

/** A `project.json` of Nx, not a file of that name for something else. */
function projectIn(db: Db, folder: FilePath, root: FilePath): WorkspaceProject | undefined {
  const file = joinPath(folder, "project.json");
  const data = isFile(db, file) ? db.get(dataOf, file) : undefined;
  if (data === undefined) return undefined;
  if (![data.targets, data.architect].some(isRecord) && typeof data.sourceRoot !== "string") return undefined;
  const targets = targetsOf(data);
  const above = [...ancestorsOf(folder)].filter((ancestor) => isInside(ancestor, root));
  const holding = (names: readonly string[]): readonly FilePath[] =>
    above.filter((ancestor) => names.some((name) => isFile(db, joinPath(ancestor, name))));
  const workspaces = [...holding(["nx.json"]), ...holding(LISTS)];
  // A project may be a workspace as well; what its targets name tells in which of them they run.
  const workspace = workspaces.find((candidate) => holdsNamed(db, candidate, targets)) ?? workspaces[0] ?? root;
  return { folder, workspace, targets };
}

/** Whether files that the targets name are there, seen from this folder. */
function holdsNamed(db: Db, workspace: FilePath, targets: readonly ProjectTarget[]): boolean {
  return targets.some(({ options: { main, index, tsConfig } }) =>
    [main, index, tsConfig].some((named) => typeof named === "string" && isFile(db, joinPath(workspace, named))),
  );
}

/** The projects that a workspace's file lists, but for those with a `project.json` of their own. */
function listedIn(db: Db, workspace: FilePath): readonly WorkspaceProject[] {
  return LISTS.flatMap((name) => {
    const file = joinPath(workspace, name);
    const projects = isFile(db, file) ? db.get(dataOf, file)?.projects : undefined;
    if (!isRecord(projects)) return [];
    return Object.values(projects).flatMap((project) =>
      isRecord(project) && typeof project.root === "string"
        ? [{ folder: joinPath(workspace, project.root), workspace, targets: targetsOf(project) }]
        : [],
    );
  });
}

/**
 * The project that a file below `root` belongs to. A package of its own inside a workspace belongs to it only when it is
 * listed as a project.
 */
export function workspaceProjectOf(db: Db, root: FilePath, file: FilePath): WorkspaceProject | undefined {
  let ownPackage: FilePath | undefined;
  for (const folder of ancestorsOf(parentPath(file))) {
    if (!isInside(folder, root)) return undefined;
    const project = ownPackage === undefined ? projectIn(db, folder, root) : undefined;
    if (project !== undefined) return project;
    const within = listedIn(db, folder).filter(
      (listed) => isInside(file, listed.folder) && (ownPackage === undefined || isInside(listed.folder, ownPackage)),
    );
    if (within.length > 0)
      return within.reduce((deepest, next) => (isInside(next.folder, deepest.folder) ? next : deepest));
    if (isFile(db, joinPath(folder, "package.json"))) ownPackage ??= folder;
  }
  return undefined;
}
