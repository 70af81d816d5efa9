/** One generated workspace on disk: what each real bundler builds from it, against the graph. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createNodeHost } from "../../../server/src/host/nodeHost.ts";
import { type GraphDocument, graphDocument } from "../../../server/src/ide/graphDocument.ts";
import { defaultSettings, setAnalysisSettings, setWorkspaceRoots } from "../../../server/src/project/workspace.ts";
import { Database } from "../../../server/src/query/database.ts";
import { createWorld, type Db } from "../../../server/src/vfs/vfs.ts";
import type { Bundler } from "../../golden/cases.ts";
import { expectedRows, graphRows } from "../../golden/rows.ts";
import type { RealBuild } from "./realBuild.ts";
import { rspackBuild } from "./rspackBuild.ts";
import { webpackBuild } from "./webpackBuild.ts";
import { type GeneratedWorkspace, generatedWorkspace } from "./workspace.ts";

export interface Comparison {
  /** What was built, and by whom. */
  readonly name: string;
  readonly bundler: Bundler;
  /** Rows of the build that the graph lacks (`-`) and rows that only the graph has (`+`). */
  readonly differences: readonly string[];
  readonly rows: number;
  /** Why the build was refused. */
  readonly failure?: string;
}

/** Writes a workspace to a new temporary folder. */
export function writeWorkspace({ files, links }: GeneratedWorkspace): string {
  const root = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "fedlens-differential-"));
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), text);
  }
  for (const [link, target] of Object.entries(links)) {
    fs.mkdirSync(path.dirname(path.join(root, link)), { recursive: true });
    fs.symlinkSync(target, path.join(root, link));
  }
  return root;
}

function ownDocument(root: string, bundler: Bundler): GraphDocument {
  const db: Db = new Database(createWorld(createNodeHost()));
  setWorkspaceRoots(db, [root]);
  setAnalysisSettings(db, { ...defaultSettings, assumeBundler: bundler });
  return graphDocument(db, root);
}

type Data = Readonly<Record<string, unknown>>;

/**
 * Rows that only some builds tell: remote modules, and (webpack) how shared modules are printed.
 */
function ownExtraRows(graph: GraphDocument, bundler: Bundler): readonly string[] {
  const modules = (graph.modules as readonly Data[]).filter(({ type }) => /shared|remote/.test(String(type)));
  const remotes = modules.filter(({ type }) => type === "remote").map(({ id }) => `remote ${id}`);
  const shared = modules
    .filter(({ type }) => type !== "remote")
    .map(({ id }) => `printed ${String(id).replace(/ #\d+$/, "")}`);
  if (bundler === "rspack") return [];
  return bundler === "webpack" ? [...remotes, ...shared] : remotes;
}

function builtExtraRows({ remotes, identifiers }: RealBuild, bundler: Bundler): readonly string[] {
  if (bundler === "rspack") return [];
  const texts = remotes.map((row) => {
    const [scopes = "", externals = "", internal = ""] = row.split("|");
    return `remote remote (${scopes.replaceAll(",", "|")}) ${externals} ${internal}`;
  });
  return bundler === "webpack" ? [...texts, ...identifiers.map((id) => `printed ${id}`)] : texts;
}

/** The statistics of Rspack have no row for what is missing. */
function comparable(rows: readonly string[], bundler: Bundler): ReadonlySet<string> {
  return new Set(bundler === "rspack" ? rows.filter((row) => !row.endsWith("|missing")) : rows);
}

/** Rspack drops an import() in a function that nobody uses; webpack keeps it, and so does the graph. */
function withUnused(built: RealBuild): RealBuild {
  return { ...built, consume: built.consume.map((consume) => ({ ...consume, included: true })) };
}

/** What stops a build for the federation plugin's options; other options may stop it too. */
const REFUSED_FEDERATION = /federation|container|shar|expose|remote/i;

/** What stops it while modules are built: a second compiler, for modules of which parts are shaken off, fails. */
const STOPPED_LATER = /compil(?:e|ation) failed/i;

/** Builds and compares the workspace of a seed. */
export function compareSeed(seed: number, bundler: Bundler): Promise<Comparison> {
  return compareWorkspace(String(seed), generatedWorkspace(seed, bundler !== "webpack" && seed % 2 === 1), bundler);
}

/** Builds and compares a workspace in a folder of its own, which is then removed. */
export async function compareWorkspace(
  name: string,
  workspace: GeneratedWorkspace,
  bundler: Bundler,
): Promise<Comparison> {
  const root = writeWorkspace(workspace);
  try {
    const file = path.join(root, workspace.app, "webpack.config.js");
    const built =
      bundler === "rspack"
        ? await rspackBuild(root, file, path.join(root, "dist-of-the-build"))
        : await webpackBuild(bundler, root, file);
    const { failure } = built;
    if (failure !== undefined && (!REFUSED_FEDERATION.test(failure) || STOPPED_LATER.test(failure)))
      return { name, bundler, differences: [], rows: 0, failure };
    const graph = ownDocument(root, bundler);
    const own = comparable([...graphRows(graph, bundler), ...ownExtraRows(graph, bundler)], bundler);
    const real = comparable([...expectedRows([built], bundler), ...builtExtraRows(built, bundler)], bundler);
    const unused = new Set(bundler === "rspack" ? expectedRows([withUnused(built)], bundler) : []);
    const differences = [
      ...[...real].filter((row) => !own.has(row)).map((row) => `- ${row}`),
      ...[...own].filter((row) => !real.has(row) && !unused.has(row)).map((row) => `+ ${row}`),
    ];
    return {
      name,
      bundler,
      differences: differences.map((row) => row.replaceAll(root, "<root>")),
      rows: real.size,
      ...(built.failure === undefined ? {} : { failure: built.failure.replaceAll(root, "<root>") }),
    };
  } finally {
    fs.rmSync(root, { recursive: true, force: true });
  }
}
