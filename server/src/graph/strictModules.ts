/** Which files are ES modules as Node has them: webpack and Rspack then want their requests to name files in full. */
import { knownValue } from "../evaluate/evaluated.ts";
import type { FederationConfig } from "../model/federationConfig.ts";
import { manifestOf } from "../project/manifest.ts";
import { manifestFor } from "../project/resolveModule.ts";
import { extensionOf, type FilePath, parentPath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";

/** By the bundlers' default rules; a rule of the configuration that speaks of `fullySpecified`, or is unknown, ends them. */
export function isStrictModule(db: Db, { bundler, build }: FederationConfig, file: FilePath): boolean {
  if (bundler !== "webpack" && bundler !== "rspack") return false;
  const extension = extensionOf(file);
  if (extension !== ".mjs" && extension !== ".js") return false;
  const rules = build.options.get("module.rules");
  if (rules !== undefined && (!rules.known || JSON.stringify(knownValue(rules)).includes("fullySpecified")))
    return false;
  if (extension === ".mjs") return true;
  const manifest = manifestFor(db, parentPath(file));
  return manifest !== undefined && manifestOf(db, parentPath(manifest))?.data.type === "module";
}
