/**
 * What starts first: it lets Node keep the compiled code of the rest (Node 22 and later), which is most of what a start
 * costs, and hands over. The copies lie in Node's own cache folder and are checked by Node.
 */
import * as nodeModule from "node:module";

const { enableCompileCache } = nodeModule as { readonly enableCompileCache?: () => unknown };
enableCompileCache?.();
require("./main.js");
