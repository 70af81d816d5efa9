/**
 * Runs the rules: each for each of its subjects, as a memo of its own, so that an edit reruns what it touched. Findings
 * about one source file and findings about containers, share keys and the workspace are kept apart, since the former
 * change with every keystroke and the latter hardly ever.
 */
import { never } from "../base/assert.ts";
import { containerById, containers, federatedFiles, shareKeys } from "../graph/index.ts";
import { analysisSettings } from "../project/workspace.ts";
import { query } from "../query/database.ts";
import type { FilePath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import { type Db, fileText, type World } from "../vfs/vfs.ts";
import { rules } from "./index.ts";
import type { Finding, ReportOptions, Rule, RuleContext, Severity } from "./rule.ts";
import { isSuppressed } from "./suppression.ts";

const rulesById: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));
const SEVERITIES: readonly string[] = ["error", "warning", "info", "hint"] satisfies Severity[];

/** Rules that have thrown are off for the rest of the process; the others go on. */
const broken = new Set<string>();

/** Findings of one rule about one subject; keys are `<rule id>\0<subject>`. */
const subjectFindings = query<World, readonly Finding[]>("findings", (db, key) => {
  const [id = "", ...subject] = key.split("\0");
  const rule = rulesById.get(id);
  if (rule === undefined || broken.has(id)) return [];
  const found: Finding[] = [];
  try {
    runRule(db, rule, subject, found);
  } catch (error) {
    broken.add(id);
    never(`rule ${id} failed`, error);
    return [];
  }
  return found;
});

function runRule(db: Db, rule: Rule, subject: readonly string[], found: Finding[]): void {
  const [first = "", second = ""] = subject;
  if (rule.subject === "container") {
    const container = containerById(db, first);
    if (container !== undefined) rule.check(contextOf(db, rule, found, container.project), container);
  } else if (rule.subject === "shareKey") rule.check(contextOf(db, rule, found, undefined), first, second);
  else if (rule.subject === "module") rule.check(contextOf(db, rule, found, undefined), first);
  else rule.check(contextOf(db, rule, found, undefined));
}

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
  for (const rule of rules) {
    if (rule.subject === "module" || severityOf(db, rule.id) === "off") continue;
    for (const subject of subjectsOf(db, rule)) {
      for (const finding of db.get(subjectFindings, `${rule.id}\0${subject}`)) {
        const list = table.get(finding.source.file);
        if (list === undefined) table.set(finding.source.file, [finding]);
        else list.push(finding);
      }
    }
  }
  return table;
});

const widerFindingsOfFile = query<World, readonly Finding[]>(
  "widerFindingsOfFile",
  (db, file) => db.get(widerFindings).get(file) ?? [],
);

const fileFindings = query<World, readonly Finding[]>("findingsOfFile", (db, file) => {
  const found = [...db.get(widerFindingsOfFile, file)];
  for (const rule of rules) {
    if (rule.subject !== "module" || severityOf(db, rule.id) === "off") continue;
    found.push(...db.get(subjectFindings, `${rule.id}\0${file}`));
  }
  return finished(db, file, found);
});

/** What is shown for a file: severities of the settings, suppressed ones left out, each once, in a stable order. */
function finished(db: Db, file: FilePath, found: readonly Finding[]): readonly Finding[] {
  if (found.length === 0) return found;
  const text = fileText(db, file) ?? "";
  const seen = new Set<string>();
  const kept: Finding[] = [];
  for (const finding of found) {
    const identity = `${finding.code} ${finding.source.range.start} ${finding.source.range.end} ${finding.message}`;
    if (seen.has(identity) || isSuppressed(text, finding)) continue;
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

/** Findings that stand in one file. */
export function findingsOfFile(db: Db, file: FilePath): readonly Finding[] {
  return db.get(fileFindings, file);
}

/** Files that may have findings, sorted: what a complete check walks. */
export function filesWithSubjects(db: Db): readonly FilePath[] {
  return [...new Set([...federatedFiles(db), ...db.get(widerFindings).keys()])].sort();
}

/** The revision in which the findings that one file's edit can cause elsewhere last changed. */
export function widerFindingsChangedAt(db: Db): number {
  return db.changedAt(widerFindings);
}

/** All findings of the workspace, by file; files without findings are left out. */
export function allFindings(db: Db): ReadonlyMap<FilePath, readonly Finding[]> {
  const table = new Map<FilePath, readonly Finding[]>();
  for (const file of filesWithSubjects(db)) {
    const found = findingsOfFile(db, file);
    if (found.length > 0) table.set(file, found);
  }
  return table;
}
