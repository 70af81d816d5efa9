/** What a shared module's exports are: provided for sure or perhaps, whether a bundler may rename them, where each ends. */
import type { ContainerId } from "../graph/container.ts";
import { containerById } from "../graph/index.ts";
import { resolveOptionsOf } from "../graph/resolveOptions.ts";
import { exportFacts } from "../syntax/treeFacts.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";
import type { Terminal } from "./exportTable.ts";
import { fileExports } from "./providedExports.ts";

export interface ExportInfo {
  /** `undefined`: perhaps. */
  readonly provided: boolean | undefined;
  /** Whether the module lets its name be changed, its users aside: as webpack's `canMangleProvide`. */
  readonly canMangle: boolean;
  /** Whether it is a small constant, that bundlers may put in the place of an import: as Rspack's `canInlineProvide`. */
  readonly canInline: boolean;
  /** Where re-exports end; `undefined` where that is not known, or not one place. */
  readonly terminal: Terminal<FilePath> | undefined;
}

/** Of the module that is taken where no other is shared; `undefined` for a container that is gone. */
export function exportsInfo(
  db: Db,
  container: ContainerId,
  fallback: FilePath,
): ((name: string) => ExportInfo) | undefined {
  const config = containerById(db, container)?.config;
  if (config === undefined) return undefined;
  const table = fileExports(db, resolveOptionsOf(config));
  return (name) => {
    const provided = table.provides(fallback, name);
    const terminal = table.terminalOf(fallback, name);
    const facts = terminal === undefined ? undefined : exportFacts(db, terminal.module);
    const [own = name, ...members] = terminal?.path ?? [];
    const isNative = facts?.format === "cjs" && own in {};
    return {
      provided,
      canMangle: provided === true && facts !== undefined && !isNative,
      canInline: provided === true && members.length === 0 && facts?.inlinable.includes(own) === true,
      terminal,
    };
  };
}
