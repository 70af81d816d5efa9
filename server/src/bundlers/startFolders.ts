/**
 * Where a configuration's tool is started, and what it takes relative paths from. A tool run by a script starts in the
 * package's folder. Nx and Angular run executors in the workspace's folder: those of Nx for webpack, Rspack and Vite set
 * the build's root to the project's folder (`applyBaseConfig`, `getViteSharedConfig`), those for Angular to the workspace's
 * (the Angular CLI's `context: root`); targets that Nx infers run in the project's folder.
 */
import { manifestOf } from "../project/manifest.ts";
import { type ProjectTarget, type WorkspaceProject, workspaceProjectOf } from "../project/workspaceProject.ts";
import { ancestorsOf, baseName, type FilePath, isInside, joinPath, parentPath } from "../vfs/path.ts";
import { type Db, isDirectory, isFile } from "../vfs/vfs.ts";

export interface StartFolders {
  /** What `process.cwd()` gives. */
  readonly cwd: FilePath;
  /** Where relative entries and exposes are looked for, when the configuration says nothing else. */
  readonly context: FilePath;
}

const TOOL =
  /^(?:npx |pnpm exec |yarn )?(?:webpack|rspack|rsbuild|rslib|vite|rollup|modern|next|nuxt|craco|vue-cli-service)\b/;
const ANGULAR_EXECUTOR =
  /^(?:@nx\/angular|@nrwl\/angular|@angular[\w-]*\/[\w-]+|@softarc\/[\w-]+|ngx-build-plus|@ngx-env\/builder):/;
const NX_EXECUTOR = /^@(?:nx|nrwl)\/(?:webpack|rspack|vite|web|react|next|remix|rollup|rsbuild|vue|node):/;
/** Tools look for a file of these names in the folder that they are started in. */
const DEFAULT_NAME =
  /^(?:webpack|rspack|rsbuild|rslib|vite|rollup|modern|next|nuxt|vue|craco|metro|federation|module-?federation)\.config\.[cm]?[jt]s$/i;
/** Targets in the order in which they are asked; others only when none of these says anything. */
const TARGETS = ["build", "serve", "dev", "start"];

/** The package folder that a file belongs to: the nearest one with a manifest. */
export function packageFolder(db: Db, root: FilePath, file: FilePath): FilePath {
  for (const folder of ancestorsOf(parentPath(file))) {
    if (!isInside(folder, root)) break;
    if (isFile(db, joinPath(folder, "package.json"))) return folder;
  }
  return root;
}

/** The folders of the tool that loads a configuration file below `root`. */
export function startFolders(db: Db, root: FilePath, file: FilePath): StartFolders {
  const project = workspaceProjectOf(db, root, file);
  if (project !== undefined) return foldersOfProject(project);
  const folder = packageFolder(db, root, file);
  const own = parentPath(file);
  if (own === folder) return { cwd: folder, context: folder };
  return foldersOfScripts(db, folder, file) ?? (standsAlone(db, file) ? both(own) : both(folder));
}

function both(folder: FilePath): StartFolders {
  return { cwd: folder, context: folder };
}

function foldersOfProject(project: WorkspaceProject): StartFolders {
  const rank = ({ name }: ProjectTarget): number => (TARGETS.includes(name) ? TARGETS.indexOf(name) : TARGETS.length);
  for (const target of [...project.targets].sort((left, right) => rank(left) - rank(right))) {
    const { executor } = target;
    if (ANGULAR_EXECUTOR.test(executor)) return both(project.workspace);
    if (NX_EXECUTOR.test(executor)) return { cwd: project.workspace, context: project.folder };
    if (executor.endsWith(":run-commands")) {
      const started = startedByCommands(project, target.options);
      if (started !== undefined) return both(started);
    }
  }
  return both(project.folder);
}

/** Commands run in the folder that their options name, else in the workspace's. */
function startedByCommands(project: WorkspaceProject, options: ProjectTarget["options"]): FilePath | undefined {
  const { cwd, command, commands } = options;
  const inserted = (text: string): string =>
    text.replaceAll("{projectRoot}", project.folder).replaceAll("{workspaceRoot}", project.workspace);
  const start = typeof cwd === "string" ? folderFrom(project.workspace, inserted(cwd)) : project.workspace;
  const written = [command, ...(Array.isArray(commands) ? commands : [])].map((item: unknown) =>
    typeof item === "object" && item !== null ? (item as { command?: unknown }).command : item,
  );
  for (const text of written) {
    if (typeof text !== "string") continue;
    const run = commandsOf(inserted(text), start).find((step) => TOOL.test(step.text));
    if (run !== undefined) return run.folder;
  }
  return undefined;
}

interface Command {
  readonly text: string;
  readonly folder: FilePath;
}

/** The commands of a script in turn, each with the folder that those before it lead to. */
function commandsOf(script: string, start: FilePath): readonly Command[] {
  let folder = start;
  return script.split(/&&|\|\||[;&|]/).flatMap((part): Command[] => {
    const text = part.trim().replace(/^(?:cross-env(?:-shell)? )?(?:\w+=\S* )+/, "");
    const to = /^cd\s+["']?([^\s"']+)/.exec(text)?.[1];
    if (to === undefined) return [{ text, folder }];
    folder = folderFrom(folder, to);
    return [];
  });
}

function folderFrom(base: FilePath, path: string): FilePath {
  return path.startsWith("/") ? joinPath(path as FilePath) : joinPath(base, path);
}

/** Where a package's scripts start a tool with this file, which lies in a folder below. */
function foldersOfScripts(db: Db, folder: FilePath, file: FilePath): StartFolders | undefined {
  const scripts = manifestOf(db, folder)?.data.scripts;
  if (typeof scripts !== "object" || scripts === null) return undefined;
  const own = parentPath(file);
  for (const script of Object.values(scripts)) {
    if (typeof script !== "string") continue;
    for (const { text, folder: started } of commandsOf(script, folder)) {
      if (!TOOL.test(text)) continue;
      const config = /\s(?:-c|--config)[ =]+["']?([^\s"']+)/.exec(text)?.[1];
      const given =
        /\s(?:-r|--root|--context)[ =]+["']?([^\s"']+)/.exec(text)?.[1] ??
        /^(?:npx )?(?:vite|next)(?: (?:build|dev|serve|start|preview|optimize))?\s+([\w./@][^\s"']*)/.exec(text)?.[1];
      const context = given === undefined ? started : folderFrom(started, given);
      if (config === undefined ? context === own && own !== folder : folderFrom(started, config) === file)
        return { cwd: started, context };
    }
  }
  return undefined;
}

/** A configuration of the name that its tool looks for, beside what it builds. */
function standsAlone(db: Db, file: FilePath): boolean {
  const own = parentPath(file);
  return (
    DEFAULT_NAME.test(baseName(file)) &&
    (isDirectory(db, joinPath(own, "src")) || isFile(db, joinPath(own, "index.html")))
  );
}
