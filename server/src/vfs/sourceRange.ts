import type { TextRange } from "../base/text.ts";
import type { FilePath } from "./path.ts";

/** A place in a file. The range is of the text that the fact holding it was made from. */
export interface SourceRange {
  readonly file: FilePath;
  readonly range: TextRange;
}
