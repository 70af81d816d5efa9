/** Links from a configuration's exposes to the exposed files. */
import type { TextRange } from "../base/text.ts";
import { containers } from "../graph/index.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";

export interface DocumentLink {
  readonly range: TextRange;
  readonly target: FilePath;
}

export function documentLinks(db: Db, file: FilePath): readonly DocumentLink[] {
  return containers(db).flatMap((container) =>
    container.exposes.flatMap(({ valueSource, files }) => {
      const target = files.at(-1);
      return valueSource.file === file && target !== undefined ? [{ range: valueSource.range, target }] : [];
    }),
  );
}
