/** Quick fixes of findings, and the edits that fix all of a kind. In offsets; edits never leave the workspace. */
import { append } from "../base/append.ts";
import type { TextRange } from "../base/text.ts";
import { workspaceRoots } from "../project/workspace.ts";
import type { Finding, TextEdit } from "../rules/rule.ts";
import { allFindings, findingsOfFile } from "../rules/run.ts";
import { type FilePath, isInside } from "../vfs/path.ts";
import { type Db, fileText } from "../vfs/vfs.ts";

export interface QuickFix {
  readonly finding: Finding;
  readonly title: string;
  readonly edits: readonly TextEdit[];
  readonly preferred: boolean;
}

/** The fixes of findings that touch a range. */
export function quickFixes(db: Db, file: FilePath, range: TextRange): readonly QuickFix[] {
  return findingsOfFile(db, file)
    .filter(({ source }) => source.range.start <= range.end && source.range.end >= range.start)
    .flatMap((finding) =>
      finding.fixes
        .filter((fix) => editable(db, fix.edits))
        .map((fix, index) => ({ finding, title: fix.title, edits: fix.edits, preferred: index === 0 })),
    );
}

/** A comment above the line that switches the rule off there; only where such comments are possible. */
export function suppression(db: Db, finding: Finding): TextEdit | undefined {
  const { file, range } = finding.source;
  if (!/\.[cm]?[jt]sx?$/.test(file)) return undefined;
  const text = fileText(db, file) ?? "";
  const lineStart = text.lastIndexOf("\n", range.start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? "";
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  return {
    file,
    range: { start: lineStart, end: lineStart },
    newText: `${indent}// federation-lens-disable-next-line ${finding.code}${end}`,
  };
}

/** Safe fixes of one rule (or of all) in one file. */
export function fixAllInFile(db: Db, file: FilePath, code?: string): readonly TextEdit[] {
  return combined(db, findingsOfFile(db, file), code);
}

/** Safe fixes over the whole workspace. */
export function fixAllInWorkspace(db: Db, code?: string): readonly TextEdit[] {
  return combined(db, [...allFindings(db).values()].flat(), code);
}

/** Edits that do not overlap: of two fixes that meet, the first is taken, whole. */
function combined(db: Db, findings: readonly Finding[], code: string | undefined): readonly TextEdit[] {
  const taken = new Map<FilePath, TextEdit[]>();
  for (const finding of findings) {
    if (code !== undefined && finding.code !== code) continue;
    const fix = finding.fixes.find((item) => item.safe);
    if (fix === undefined || !editable(db, fix.edits)) continue;
    const free = fix.edits.every((edit) => (taken.get(edit.file) ?? []).every((other) => !overlaps(edit, other)));
    if (!free) continue;
    for (const edit of fix.edits) append(taken, edit.file, edit);
  }
  return [...taken.values()].flat();
}

function overlaps(left: TextEdit, right: TextEdit): boolean {
  return left.range.start < right.range.end && right.range.start < left.range.end;
}

/** Inside the workspace, and not in an installed package. */
function editable(db: Db, edits: readonly TextEdit[]): boolean {
  const roots = workspaceRoots(db);
  return (
    edits.length > 0 &&
    edits.every(({ file }) => roots.some((root) => isInside(file, root)) && !file.includes("/node_modules/"))
  );
}
