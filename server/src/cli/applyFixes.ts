/** `check --fix`: writes every safe fix that does not overlap another; edits stay inside the workspace. */

import fs from "node:fs";
import { append } from "../base/append.ts";
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
  for (const edit of fixAllInWorkspace(db)) append(byFile, edit.file, edit);
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

/** Writes them in the encoding that they have; a byte order mark is kept. */
export function writeFiles(files: readonly FixedFile[]): void {
  for (const { file, text } of files) {
    const [first, second, third] = fs.readFileSync(file);
    const marked = `\ufeff${text}`;
    if (first === 0xff && second === 0xfe) fs.writeFileSync(file, marked, "utf16le");
    else if (first === 0xfe && second === 0xff) fs.writeFileSync(file, Buffer.from(marked, "utf16le").swap16());
    else fs.writeFileSync(file, first === 0xef && second === 0xbb && third === 0xbf ? marked : text);
  }
}
