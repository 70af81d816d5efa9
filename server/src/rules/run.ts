/**
 * Runs the rules: each for each of its subjects, as a memo of its own, so that an edit reruns what it touched. Findings
 * about one source file and findings about containers, share keys and the workspace are kept apart, since the former
 * change with every keystroke and the latter hardly ever.
 */

import { warmOutcomes } from "../analysis/pageOutcomes.ts";
import { append } from "../base/append.ts";
import { never } from "../base/assert.ts";
import { deepEquals } from "../base/equals.ts";
import type { ContainerId } from "../graph/container.ts";
import { containerById, containers, federatedFiles, isFederatedFile, prepareGraph, shareKeys } from "../graph/index.ts";
import { analysisSettings } from "../project/workspace.ts";
import { query, steppedQuery } from "../query/database.ts";
import type { FilePath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import { type Db, fileText, type World } from "../vfs/vfs.ts";
import { rules } from "./index.ts";
import type { Finding, ReportOptions, Rule, RuleContext, Severity } from "./rule.ts";
import { hasDirectives, isSuppressed } from "./suppression.ts";

const rulesById: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));
const moduleRules = rules.filter((rule) => rule.subject === "module");
const SEVERITIES: readonly string[] = ["error", "warning", "info", "hint"] satisfies Severity[];

/** Rules that have thrown are off for the rest of the process; the others go on. */
const broken = new Set<string>();

/** What one rule says of one subject; its failure stays its own. */
function findingsOf(db: Db, rule: Rule, project: string | undefined, check: (context: RuleContext) => void): Finding[] {
  if (broken.has(rule.id)) return [];
  const found: Finding[] = [];
  try {
    check(contextOf(db, rule, found, project));
  } catch (error) {
    broken.add(rule.id);
    never(`rule ${rule.id} failed`, error);
    return [];
  }
  return found;
}

/** Findings of one rule about one container, share key or the workspace; keys are `<rule id>\0<subject>`. */
const subjectFindings = query<World, readonly Finding[]>("findings", (db, key) => {
  const [id = "", first = "", second = ""] = key.split("\0");
  const rule = rulesById.get(id);
  if (rule?.subject === "container") {
    const container = containerById(db, first);
    if (container === undefined) return [];
    return findingsOf(db, rule, container.project, (context) => rule.check(context, container));
  }
  if (rule?.subject === "shareKey")
    return findingsOf(db, rule, undefined, (context) => rule.check(context, first, second));
  return rule?.subject === "workspace" ? findingsOf(db, rule, undefined, (context) => rule.check(context)) : [];
});

const NONE: readonly Finding[] = [];

const latest = new WeakMap<Db, Map<FilePath, readonly Finding[]>>();

/** What is found in a file is mostly the same in every build that holds it, and after most edits: then it is kept once. */
function asBefore(db: Db, file: FilePath, found: readonly Finding[]): readonly Finding[] {
  const table = latest.get(db) ?? new Map<FilePath, readonly Finding[]>();
  latest.set(db, table);
  const before = table.get(file);
  if (deepEquals(before, found)) return before!;
  table.set(file, found);
  return found;
}

/** About one source file in one build. No memo: most files need a quick look only, and what takes long in it has its own. */
function findingsInBuild(db: Db, container: ContainerId, file: FilePath): readonly Finding[] {
  let all = NONE;
  for (const rule of moduleRules) {
    if (!rule.concerns(db, file, container) || severityOf(db, rule.id) === "off") continue;
    const found = findingsOf(db, rule, undefined, (context) => rule.check(context, file, container));
    if (found.length > 0) all = [...all, ...found];
  }
  return all.length === 0 ? NONE : asBefore(db, file, all);
}

/** Of one build, by file: only those with findings. */
const buildFindings = steppedQuery<World, ReadonlyMap<FilePath, readonly Finding[]>>(
  "buildFindings",
  function* (db, container) {
    const table = new Map<FilePath, readonly Finding[]>();
    for (const file of federatedFiles(db, container)) {
      const found = findingsInBuild(db, container, file);
      if (found.length > 0) table.set(file, found);
      yield;
    }
    return table;
  },
);

function contextOf(db: Db, rule: Rule, found: Finding[], project: string | undefined): RuleContext {
  return {
    db,
    report(source: SourceRange, message: string, options: ReportOptions = {}) {
      found.push({
        code: rule.id,
        severity: options.severity ?? rule.severity,
        message,
        source,
        unnecessary: options.unnecessary ?? false,
        related: options.related ?? [],
        fixes: options.fixes ?? [],
        project,
      });
    },
  };
}

function subjectsOf(db: Db, rule: Rule): readonly string[] {
  if (rule.subject === "container") return containers(db).map(({ id }) => id);
  if (rule.subject === "shareKey") return shareKeys(db).map(({ shareScope, shareKey }) => `${shareScope}\0${shareKey}`);
  return [""];
}

/** Findings of every rule that is not about one source file, by the file where they stand. */
const widerFindings = query<World, ReadonlyMap<FilePath, readonly Finding[]>>("widerFindings", (db) => {
  const table = new Map<FilePath, Finding[]>();
  const elsewhere = analysisSettings(db).snapshots;
  for (const rule of rules) {
    if (rule.subject === "module" || severityOf(db, rule.id) === "off") continue;
    for (const subject of subjectsOf(db, rule)) {
      for (const finding of db.get(subjectFindings, `${rule.id}\0${subject}`)) {
        // What is wrong in another repository is told there.
        if (elsewhere.includes(finding.source.file)) continue;
        append(table, finding.source.file, finding);
      }
    }
  }
  return table;
});

/** What is shown for a file: severities of the settings, suppressed ones left out, each once, in a stable order. */
function finished(db: Db, file: FilePath, found: readonly Finding[]): readonly Finding[] {
  if (found.length === 0) return NONE;
  const directed = db.get(hasDirectives, file) ? (fileText(db, file) ?? "") : undefined;
  const seen = new Set<string>();
  const kept: Finding[] = [];
  for (const finding of found) {
    const identity = `${finding.code} ${finding.source.range.start} ${finding.source.range.end} ${finding.message}`;
    if (seen.has(identity) || (directed !== undefined && isSuppressed(directed, finding))) continue;
    seen.add(identity);
    const configured = severityOf(db, finding.code);
    kept.push(configured === undefined || configured === "off" ? finding : { ...finding, severity: configured });
  }
  return kept.sort(
    (left, right) =>
      left.source.range.start - right.source.range.start ||
      left.source.range.end - right.source.range.end ||
      (left.code < right.code ? -1 : left.code > right.code ? 1 : 0),
  );
}

/** The severity of the settings: `undefined` for the rule's own. */
function severityOf(db: Db, id: string): Severity | "off" | undefined {
  const configured = analysisSettings(db).rules[id];
  if (configured === "off") return "off";
  return SEVERITIES.includes(configured ?? "") ? (configured as Severity) : undefined;
}

/** Marks the key of a file in which findings about more than itself stand: the others do not depend on those at all. */
const WIDER = "wider";

/** Keys are `<file>\0<container>\0<container>…`, the builds in which the file may have findings of its own. */
const fileFindings = query<World, readonly Finding[]>("findingsOfFile", (db, key) => {
  const [file = "", first, ...others] = key.split("\0");
  const wider = first === WIDER ? (db.get(widerFindings).get(file) ?? NONE) : NONE;
  const builds = first === undefined || first === WIDER ? others : [first, ...others];
  return finished(db, file, [...wider, ...builds.flatMap((id) => findingsInBuild(db, id, file))]);
});

/** Findings that stand in one file. */
export function findingsOfFile(db: Db, file: FilePath): readonly Finding[] {
  const builds = containers(db).filter(({ id }) => isFederatedFile(db, id, file));
  const marks = db.get(widerFindings).has(file) ? [WIDER] : [];
  return db.get(fileFindings, [file, ...marks, ...builds.map(({ id }) => id)].join("\0"));
}

/**
 * The findings about a file that its own text can cause; those about the whole workspace only where some stood in it when
 * that was last looked through. For a keystroke: what an edit causes elsewhere follows with the next full look. In steps,
 * since an edit of what many builds hold is no small matter.
 */
export function* ownFindingsOfFile(db: Db, file: FilePath): Generator<void, readonly Finding[]> {
  if (db.peek(widerFindings, "")?.has(file) !== false) {
    for (const { id } of containers(db)) yield* prepareGraph(db, id);
    yield* checkWhole(db);
    return findingsOfFile(db, file);
  }
  const own: Finding[] = [];
  for (const { id } of containers(db)) {
    if (isFederatedFile(db, id, file)) own.push(...findingsInBuild(db, id, file));
    yield;
  }
  return finished(db, file, own);
}

/** Judges one container, share key or the like a step; nothing is done where nothing has changed. */
export function* checkWhole(db: Db): Generator<void, void> {
  if (db.stillHolds(widerFindings, "")) return;
  yield* warmOutcomes(db);
  for (const rule of rules) {
    if (rule.subject === "module" || severityOf(db, rule.id) === "off") continue;
    for (const subject of subjectsOf(db, rule)) {
      const key = `${rule.id}\0${subject}`;
      if (rule.subject === "shareKey" && rule.warm !== undefined && !db.stillHolds(subjectFindings, key)) {
        const [shareScope = "", shareKey = ""] = subject.split("\0");
        yield* rule.warm(db, shareScope, shareKey);
      }
      db.get(subjectFindings, key);
      yield;
    }
  }
  db.get(widerFindings);
}

/** Looks through one build file by file, a step each; nothing is done where nothing has changed. */
export function* checkBuild(db: Db, container: ContainerId): Generator<void, void> {
  yield* db.prepare(buildFindings, container);
  // Where an edit came between, its outcome is wanted all the same.
  db.get(buildFindings, container);
}

/** The files with findings and those, one a step. */
export function* eachFileWithFindings(db: Db): Generator<readonly [FilePath, readonly Finding[]], void> {
  const builds = new Map<FilePath, string>();
  for (const file of db.get(widerFindings).keys()) builds.set(file, `${file}\0${WIDER}`);
  for (const { id } of containers(db)) {
    for (const file of db.get(buildFindings, id).keys()) builds.set(file, `${builds.get(file) ?? file}\0${id}`);
  }
  for (const [file, key] of builds) {
    const found = db.get(fileFindings, key);
    if (found.length > 0) yield [file, found];
  }
}

/** All findings of the workspace, by file; files without findings are left out. */
export function allFindings(db: Db): ReadonlyMap<FilePath, readonly Finding[]> {
  return new Map(eachFileWithFindings(db));
}
