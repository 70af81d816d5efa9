/** Which files are ES modules or CommonJS as Node has them: of the first webpack and Rspack want requests to name files in full. */
import { knownValue } from "../evaluate/evaluated.ts";
import type { FederationConfig } from "../model/federationConfig.ts";
import { type PackageTraits, packageTraits } from "../project/manifest.ts";
import { manifestFor } from "../project/resolveModule.ts";
import { extensionOf, type FilePath, parentPath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";

/** By its extension, or its package's `type`. */
export function isNodeEsModule(db: Db, file: FilePath): boolean {
  const extension = extensionOf(file);
  return extension === ".js" ? traitsOf(db, file)?.isModule === true : extension === ".mjs";
}

/** By its extension, or its package's `type`: such a module has no `import`, and no constants that are computed. */
export function isNodeCommonJs(db: Db, file: FilePath): boolean {
  const extension = extensionOf(file);
  return extension === ".js" ? traitsOf(db, file)?.isCommonJs === true : extension === ".cjs";
}

function traitsOf(db: Db, file: FilePath): PackageTraits | undefined {
  const manifest = manifestFor(db, parentPath(file));
  return manifest === undefined ? undefined : packageTraits(db, parentPath(manifest));
}

/** Such a module has no `require`. */
export function isEsModule(db: Db, { bundler }: FederationConfig, file: FilePath): boolean {
  return (bundler === "webpack" || bundler === "rspack") && isNodeEsModule(db, file);
}

/** By the bundlers' default rules; a rule of the configuration that speaks of `fullySpecified`, or is unknown, ends them. */
export function asksInFull(db: Db, config: FederationConfig, file: FilePath): boolean {
  if (!isEsModule(db, config, file)) return false;
  const rules = config.build.options.get("module.rules");
  return rules === undefined || (rules.known && !JSON.stringify(knownValue(rules)).includes("fullySpecified"));
}
