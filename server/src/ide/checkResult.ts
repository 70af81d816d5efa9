/** `fedlens check`: all findings of a workspace, as data for every reporter. */
import { containers } from "../graph/index.ts";
import type { Finding, Fix, Severity } from "../rules/rule.ts";
import { allFindings } from "../rules/run.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";
import { Places, type PositionRange } from "./places.ts";

export interface CheckFinding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly range: PositionRange;
  readonly tags?: readonly string[];
  readonly related: readonly { readonly file: string; readonly range: PositionRange; readonly message: string }[];
  readonly fixes: readonly {
    readonly title: string;
    readonly edits: readonly { readonly file: string; readonly range: PositionRange; readonly newText: string }[];
  }[];
  readonly project?: string;
}

export interface CheckResult {
  readonly schema: "federation-lens/check@1";
  readonly findings: readonly CheckFinding[];
  readonly summary: Readonly<Record<Severity, number>> & { readonly containers: number; readonly files: number };
}

/** `project` keeps the findings of one app: its package's name, its container's name or its folder. */
export function check(db: Db, root: FilePath, project?: string): CheckResult {
  const places = new Places(db, root);
  const findings: CheckFinding[] = [];
  const summary = { error: 0, warning: 0, info: 0, hint: 0 };
  const folders = project === undefined ? undefined : foldersOf(db, places, project);
  for (const [file, found] of [...allFindings(db)].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const path = places.path(file);
    if (folders !== undefined && !folders.some((folder) => folder === "" || path.startsWith(`${folder}/`))) continue;
    for (const finding of found) {
      summary[finding.severity]++;
      findings.push(findingData(places, finding));
    }
  }
  const files = new Set(findings.map((finding) => finding.file)).size;
  return {
    schema: "federation-lens/check@1",
    findings,
    summary: { ...summary, containers: containers(db).length, files },
  };
}

function foldersOf(db: Db, places: Places, project: string): readonly string[] {
  const owned = containers(db).filter((container) => container.project === project || container.name === project);
  return owned.length > 0 ? owned.map((container) => places.path(container.context)) : [project.replace(/\/$/, "")];
}

function findingData(places: Places, finding: Finding): CheckFinding {
  const { file, range } = finding.source;
  return {
    code: finding.code,
    severity: finding.severity,
    message: finding.message,
    file: places.path(file),
    range: places.range(file, range),
    ...(finding.unnecessary ? { tags: ["unnecessary"] } : {}),
    related: finding.related.map(({ source, message }) => ({
      file: places.path(source.file),
      range: places.range(source.file, source.range),
      message,
    })),
    fixes: finding.fixes.map((fix) => ({ title: fix.title, edits: fixEdits(places, fix) })),
    ...(finding.project === undefined ? {} : { project: finding.project }),
  };
}

function fixEdits(places: Places, fix: Fix): CheckFinding["fixes"][number]["edits"] {
  return fix.edits.map((edit) => ({
    file: places.path(edit.file),
    range: places.range(edit.file, edit.range),
    newText: edit.newText,
  }));
}
