/** Where facts stand in the text, and small edits there. */
import { factRanges } from "../syntax/index.ts";
import type { FilePath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import { type Db, fileText } from "../vfs/vfs.ts";
import type { Fix, TextEdit } from "./rule.ts";

/** The literal of a request; the beginning of the file for one that no text makes. */
export function requestPlace(db: Db, file: FilePath, requestIndex: number | undefined): SourceRange {
  const range = requestIndex === undefined ? undefined : factRanges(db, file)?.requests[requestIndex];
  return { file, range: range ?? { start: 0, end: 0 } };
}

/** Replaces a text literal's content and keeps its quotes. */
export function replaceLiteral(db: Db, source: SourceRange, content: string): TextEdit {
  const quote = fileText(db, source.file)?.[source.range.start];
  const quoted =
    quote === '"' || quote === "'" || quote === "`" ? `${quote}${content}${quote}` : JSON.stringify(content);
  return { file: source.file, range: source.range, newText: quoted };
}

export function fix(title: string, edits: readonly TextEdit[], safe = false): Fix {
  return { title, edits, safe };
}

/** The candidate nearest to a word, when it is near enough to be meant. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const substitution = previous[column - 1]! + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(previous[column]! + 1, current[column - 1]! + 1, substitution));
    }
    previous = current;
  }
  return previous[right.length]!;
}
