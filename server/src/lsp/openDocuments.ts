/** What the rest of the server may ask of the open documents. */
import type { FilePath } from "../vfs/path.ts";

export interface OpenDocuments {
  versionOf(file: FilePath): number | undefined;
  uriOf(file: FilePath): string | undefined;
  files(): Iterable<FilePath>;
}
