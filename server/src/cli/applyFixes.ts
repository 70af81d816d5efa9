/** `check --fix`: applies every safe fix that does not overlap another; edits stay inside the workspace. */
import fs from "node:fs";
import type { TextEdit } from "../rules/rule.ts";
import { allFindings } from "../rules/run.ts";
import { type FilePath, isInside } from "../vfs/path.ts";
import { type Db, fileText } from "../vfs/vfs.ts";

export interface FixedFile {
  readonly file: FilePath;
  readonly text: string;
  readonly fixes: number;
}

/** What the files would hold after the fixes. */
export function fixedFiles(db: Db, root: FilePath): readonly FixedFile[] {
  const byFile = new Map<FilePath, TextEdit[][]>();
  for (const finding of [...allFindings(db).values()].flat()) {
    const fix = finding.fixes.find((item) => item.safe);
    if (fix === undefined || fix.edits.length === 0 || !fix.edits.every((edit) => isInside(edit.file, root))) continue;
    const file = fix.edits[0]!.file;
    if (fix.edits.some((edit) => edit.file !== file)) continue;
    byFile.set(file, [...(byFile.get(file) ?? []), [...fix.edits]]);
  }
  return [...byFile].map(([file, fixes]) => ({ file, ...withFixes(fileText(db, file) ?? "", fixes) }));
}

function withFixes(
  text: string,
  fixes: readonly (readonly TextEdit[])[],
): { readonly text: string; readonly fixes: number } {
  const taken: TextEdit[] = [];
  let applied = 0;
  for (const edits of fixes) {
    const free = edits.every((edit) =>
      taken.every((other) => edit.range.end <= other.range.start || edit.range.start >= other.range.end),
    );
    if (!free) continue;
    taken.push(...edits);
    applied++;
  }
  taken.sort((left, right) => right.range.start - left.range.start);
  const result = taken.reduce(
    (current, { range, newText }) => current.slice(0, range.start) + newText + current.slice(range.end),
    text,
  );
  return { text: result, fixes: applied };
}

/** Writes them; the byte order mark of a file is kept. */
export function writeFiles(files: readonly FixedFile[]): void {
  for (const { file, text } of files) {
    const marked = fs
      .readFileSync(file)
      .subarray(0, 3)
      .equals(Buffer.from([0xef, 0xbb, 0xbf]));
    fs.writeFileSync(file, marked ? `\ufeff${text}` : text);
  }
}
