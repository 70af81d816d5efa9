/** Whether code of a build chooses where its chunks are asked for while it runs. */
import type { Container } from "../graph/container.ts";
import { containerGraph } from "../graph/index.ts";
import { type Db, derivedInput } from "../vfs/vfs.ts";

/** Of the text alone, so that an edit elsewhere in a file asks nothing again, and no text is read for the answer twice. */
const namesPublicPath = derivedInput<boolean>(
  "namesPublicPath",
  (_path, text) => text?.includes("__webpack_public_path__") === true,
);

/** By an assignment of `__webpack_public_path__` in a file of the project, or a package made for it. */
export function setsPublicPath(db: Db, { id }: Container): boolean {
  for (const module of containerGraph(db, id).modules.values()) {
    if (module.type !== "normal") continue;
    if (/\/(?:systemjs-webpack-interop|webpack-(?:runtime-)?public-path|public-path)\//.test(module.file)) return true;
    if (module.file.includes("/node_modules/")) continue;
    if (db.get(namesPublicPath, module.file)) return true;
  }
  return false;
}
