/** `fedlens report`: health, connections, chunks, and what could be better, as data and as text. */
import { containers } from "../graph/index.ts";
import { runTargets } from "../graph/resolveOptions.ts";
import { type Duplicate, duplicatesInBuild, duplicatesOverApps, predictedChunks } from "../report/chunks.ts";
import { type ConnectionInfo, connectionInfos } from "../report/connections.ts";
import { shareDescendants } from "../report/descendants.ts";
import { type Evidence, sizeText } from "../report/evidence.ts";
import { type Health, health } from "../report/health.ts";
import type { Recommendation } from "../report/recommendation.ts";
import { recommendations } from "../report/recommendations.ts";
import { takesUsedExports } from "../report/usedExportsEdit.ts";
import { prepareUsage, workspaceUsage } from "../usage/sharedUsage.ts";
import { keptExports } from "../usage/treeShaking.ts";
import { prepareBuildUsage } from "../usage/usedExports.ts";
import type { FilePath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { Db } from "../vfs/vfs.ts";
import { Places, type PositionRange } from "./places.ts";
import { type BuildChunks, chunkLines, duplicateLines, type TargetUsage, targetLines } from "./reportSections.ts";

export interface PlacedEvidence {
  readonly text: string;
  readonly file?: string;
  readonly range?: PositionRange;
}

export interface ReportDocument {
  readonly schema: "federation-lens/report@1";
  readonly health: {
    readonly status: Health["status"];
    /** Of all scopes. */
    readonly issues: readonly PlacedEvidence[];
    readonly recommendations: readonly string[];
    readonly scopes: readonly object[];
  };
  readonly connections: readonly ConnectionInfo[];
  readonly treeShaking: readonly object[];
  /** What is used where: by target of the builds, `browser`, `node`, `worker`. */
  readonly targets: readonly TargetUsage[];
  readonly chunks: readonly BuildChunks[];
  readonly duplicates: readonly Duplicate[];
  readonly recommendations: readonly (Omit<Recommendation, "evidence" | "fix"> & {
    readonly evidence: readonly PlacedEvidence[];
    readonly fix?: { readonly title: string; readonly edits: readonly object[] };
  })[];
}

/** Works out with pauses what a report asks for. */
export function* prepareReport(db: Db): Generator<void, void> {
  yield* prepareUsage(db);
  for (const { id } of containers(db)) yield* prepareBuildUsage(db, id);
}

/** `key`: the connections of one share key alone. */
export function reportDocument(db: Db, root: FilePath, key?: string): ReportDocument {
  const places = new Places(db, root);
  const placed = ({ text, source }: Evidence): PlacedEvidence =>
    source === undefined ? { text } : { text, ...place(places, source) };
  const { status, scopes } = health(db);
  return {
    schema: "federation-lens/report@1",
    health: {
      status,
      issues: scopes.flatMap(({ issues }) => issues.map(placed)),
      recommendations: scopes.flatMap((scope) => scope.recommendations),
      scopes: scopes.map((scope) => ({ ...scope, issues: scope.issues.map(placed) })),
    },
    connections: connectionInfos(db, key),
    treeShaking: keptExports(db).map(({ shareScope, shareKey, usedExports, reason }) => ({
      shareScope,
      shareKey,
      usedExports: usedExports ?? null,
      reason,
    })),
    targets: targetRows(db),
    chunks: containers(db).map(({ id, name, project }) => ({
      container: name ?? project,
      chunks: predictedChunks(db, id).map((chunk) => ({
        kind: chunk.kind,
        name: chunk.name,
        modules: chunk.modules.size,
      })),
      duplicates: duplicatesInBuild(db, id).map((item) => ({ ...item, file: places.path(item.file) })),
      descendantsOfShared: shareDescendants(db, id).length,
    })),
    duplicates: duplicatesOverApps(db).map((item) => ({ ...item, file: places.path(item.file) })),
    recommendations: recommendations(db).map(({ fix, evidence, ...recommendation }) => ({
      ...recommendation,
      evidence: evidence.map(placed),
      ...(fix === undefined
        ? {}
        : {
            fix: {
              title: fix.title,
              edits: fix.edits.map(({ source, newText }) => ({ ...place(places, source), newText })),
            },
          }),
    })),
  };
}

function targetRows(db: Db): readonly TargetUsage[] {
  const all = containers(db).map((container) => ({ container, runs: runTargets(container.config) }));
  const targets = [...new Set(all.flatMap(({ runs }) => runs))].sort();
  return targets.map((target) => {
    const among = all.filter(({ runs }) => runs.includes(target)).map(({ container }) => container);
    return {
      target,
      containers: among.map(({ name, project }) => name ?? project),
      shared: workspaceUsage(db, among).map(({ shareScope, shareKey, used, whole, provided, importers }) => ({
        shareScope,
        shareKey,
        used,
        whole,
        providedExports: provided?.length ?? null,
        importers: importers.length,
      })),
    };
  });
}

function place(places: Places, { file, range }: SourceRange): { readonly file: string; readonly range: PositionRange } {
  return { file: places.path(file), range: places.range(file, range) };
}

/** The report for people; also what a pull request's comment wants. */
export function reportMarkdown(db: Db, root: FilePath, key?: string): string {
  const report = reportDocument(db, root, key);
  return [
    "# Federation report",
    "",
    ...healthLines(health(db), root, db),
    ...connectionLines(report.connections),
    ...(key === undefined ? wholeLines(db, report) : []),
    "",
  ].join("\n");
}

/** What is not of one share key alone. */
function wholeLines(db: Db, report: ReportDocument): readonly string[] {
  return [
    ...targetLines(report.targets),
    ...chunkLines(report.chunks),
    ...duplicateLines(report.duplicates, report.chunks),
    ...shakingLines(db),
    ...recommendationLines(report),
  ];
}

function healthLines({ status, scopes }: Health, root: FilePath, db: Db): readonly string[] {
  const places = new Places(db, root);
  const rows = scopes.map((scope) => {
    const { shareScope, totalModules, healthyModules, failedModules, versionConflicts } = scope;
    return `| ${shareScope} | ${scope.status} | ${totalModules} | ${healthyModules} | ${failedModules} | ${versionConflicts} | ${percent(scope.sharedRate)} | ${percent(scope.fallbackRate)} |`;
  });
  const issues = scopes.flatMap((scope) => [
    ...scope.issues.map(
      ({ text, source }) => `- ${text}${source === undefined ? "" : ` (${places.path(source.file)})`}`,
    ),
    ...scope.recommendations.map((text) => `- **${text}**`),
  ]);
  return [
    `Health: **${status}**`,
    "",
    "| share scope | status | keys | healthy | failed | conflicts | shared | fallback |",
    "|---|---|---|---|---|---|---|---|",
    ...rows,
    "",
    ...issues,
    ...(issues.length > 0 ? [""] : []),
  ];
}

function percent(rate: number): string {
  return `${Math.round(rate * 100)} %`;
}

function connectionLines(connections: readonly ConnectionInfo[]): readonly string[] {
  return [
    "## Connections",
    "",
    "| share key | versions | provided by | consumed by | exports used |",
    "|---|---|---|---|---|",
    ...connections.map(({ shareKey, availableVersions, providers, consumers, usedExports, providedExports }) => {
      const from = [...new Set(providers.map((provider) => provider.from))].join(", ") || "nobody";
      const to = consumers.map(({ app, status }) => `${app} (${status})`).join(", ") || "nobody";
      const used =
        usedExports === undefined
          ? "the whole"
          : `${usedExports.length}${providedExports === null ? "" : ` of ${providedExports}`}`;
      return `| \`${shareKey}\` | ${availableVersions.join(", ")} | ${from} | ${to} | ${used} |`;
    }),
    "",
  ];
}

function shakingLines(db: Db): readonly string[] {
  const lists = keptExports(db).flatMap(({ shareKey, usedExports, places }) =>
    usedExports === undefined || !places.some((place) => takesUsedExports(db, place))
      ? []
      : [`"${shareKey}": { treeShaking: { usedExports: ${JSON.stringify(usedExports)} } },`],
  );
  return lists.length === 0
    ? []
    : ["## Used exports, for `shared` of the 2.x plugins", "", "```js", ...lists, "```", ""];
}

function recommendationLines({ recommendations: all }: ReportDocument): readonly string[] {
  if (all.length === 0) return ["## Recommendations", "", "None."];
  return [
    "## Recommendations",
    "",
    ...all.flatMap(({ title, priority, evidence, estimatedSaving, fix }) => [
      `### ${title}`,
      "",
      `Priority ${priority}${estimatedSaving === undefined ? "" : `; saves about ${sizeText(estimatedSaving)} of source (estimate, before minification)`}${fix === undefined ? "" : `; fix: ${fix.title}`}`,
      "",
      ...evidence.map(
        (item) =>
          `- ${item.text}${item.file === undefined ? "" : ` (${item.file}:${(item.range?.start.line ?? 0) + 1})`}`,
      ),
      "",
    ]),
  ];
}
