/** The package that a file is installed as. */
import type { FilePath } from "../vfs/path.ts";

/** `@scope/kit`; `undefined` for a file that is of no installed package. */
export function packageOf(file: FilePath): string | undefined {
  const at = file.lastIndexOf("/node_modules/");
  if (at < 0) return undefined;
  const inside = file.slice(at + "/node_modules/".length);
  return inside
    .split("/")
    .slice(0, inside.startsWith("@") ? 2 : 1)
    .join("/");
}
