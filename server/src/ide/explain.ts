/** `fedlens explain`: what the editor's hover shows at a place, and the findings there. */
import { containsOffset, LineIndex } from "../base/text.ts";
import { findingsOfFile } from "../rules/run.ts";
import { workspaceUsage } from "../usage/sharedUsage.ts";
import { type FilePath, joinPath } from "../vfs/path.ts";
import { type Db, fileText } from "../vfs/vfs.ts";
import { hover } from "./hover.ts";

export interface Explanation {
  /** `undefined` where nothing is known. */
  readonly text?: string;
  /** What is wrong with the question. */
  readonly problem?: string;
}

/** `place` is `<file>:<line>:<col>`, both counted from one as editors show them. */
export function explain(db: Db, root: FilePath, place: string): Explanation {
  const match = /^(.*?):(\d+)(?::(\d+))?$/.exec(place);
  if (match === null) return { problem: `a place is <file>:<line>:<col>, not ${place}` };
  const file = joinPath(root, match[1]!);
  const text = fileText(db, file);
  if (text === undefined) return { problem: `no such file: ${file}` };
  const offset = new LineIndex(text).offset({ line: Number(match[2]) - 1, character: Number(match[3] ?? 1) - 1 });
  const first = hover(db, file, offset);
  // Nobody waits here for an editor's next question: the usage is worked out at once.
  if (first?.wantsUsage === true) workspaceUsage(db);
  const parts = [(first?.wantsUsage === true ? hover(db, file, offset) : first)?.markdown];
  for (const finding of findingsOfFile(db, file)) {
    if (containsOffset(finding.source.range, offset))
      parts.push(`${finding.severity} ${finding.code}: ${finding.message}`);
  }
  const known = parts.filter((part) => part !== undefined);
  return known.length === 0 ? {} : { text: known.join("\n\n") };
}
