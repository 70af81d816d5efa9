/** Places as the command line's JSON gives them: POSIX paths from the root, zero-based UTF-16 positions. */
import { LineIndex, type TextPosition, type TextRange } from "../base/text.ts";
import { type FilePath, isInside, relativePath } from "../vfs/path.ts";
import { type Db, fileText } from "../vfs/vfs.ts";

export interface PositionRange {
  readonly start: TextPosition;
  readonly end: TextPosition;
}

export class Places {
  readonly #db: Db;
  readonly #root: FilePath;
  readonly #indexes = new Map<FilePath, LineIndex>();

  constructor(db: Db, root: FilePath) {
    this.#db = db;
    this.#root = root;
  }

  path(file: FilePath): string {
    return isInside(file, this.#root) ? relativePath(this.#root, file) : file;
  }

  range(file: FilePath, range: TextRange): PositionRange {
    let index = this.#indexes.get(file);
    if (index === undefined) {
      index = new LineIndex(fileText(this.#db, file) ?? "");
      this.#indexes.set(file, index);
    }
    return { start: index.position(range.start), end: index.position(range.end) };
  }
}
