/** `check --fix`: writes every safe fix that does not overlap another; edits stay inside the workspace. */
import fs from "node:fs";
import { fixAllInWorkspace } from "../ide/codeActions.ts";
import type { TextEdit } from "../rules/rule.ts";
import type { FilePath } from "../vfs/path.ts";
import { type Db, fileText } from "../vfs/vfs.ts";

export interface FixedFile {
  readonly file: FilePath;
  readonly text: string;
  readonly edits: number;
}

/** What the files would hold after the fixes. */
export function fixedFiles(db: Db): readonly FixedFile[] {
  const byFile = new Map<FilePath, TextEdit[]>();
  for (const edit of fixAllInWorkspace(db)) byFile.set(edit.file, [...(byFile.get(edit.file) ?? []), edit]);
  return [...byFile].map(([file, edits]) => {
    const text = [...edits]
      .sort((left, right) => right.range.start - left.range.start)
      .reduce(
        (current, { range, newText }) => current.slice(0, range.start) + newText + current.slice(range.end),
        fileText(db, file) ?? "",
      );
    return { file, text, edits: edits.length };
  });
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
