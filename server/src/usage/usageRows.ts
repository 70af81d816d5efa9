/**
 * What passes over a build tell of each module. A row is made only where it differs from that of the pass before: most
 * passes follow an edit that changes few.
 */
import { isSameList } from "../base/equals.ts";
import type { FilePath } from "../vfs/path.ts";
import type { BuildLayout, ModuleNumber } from "./buildLayout.ts";
import type { Demands } from "./demands.ts";
import type { NameNumber } from "./names.ts";
import type { Reference } from "./usesByRequest.ts";

export interface ModuleUsage {
  /** Dotted names, sorted; meaningless where `whole`. */
  readonly used: readonly string[];
  readonly whole: boolean;
  /** The build hands it out as it is: an expose, the module behind a provide. Its other users are not in this build. */
  readonly exposed: boolean;
  readonly importers: readonly FilePath[];
  /** What Rspack lists of a shared module: names as the code writes them, sorted, where nothing else is taken of it. */
  readonly written: readonly string[] | undefined;
}

/** A row with the numbers that it was made of. */
interface Made {
  readonly row: ModuleUsage;
  /** `undefined` where more than names is used. */
  readonly names: readonly NameNumber[] | undefined;
  /** Sorted, each once. */
  readonly importers: readonly ModuleNumber[];
  readonly written: readonly NameNumber[] | undefined;
}

const NO_NAMES: readonly string[] = [];
const NO_IMPORTERS: readonly ModuleNumber[] = [];

export class UsageRows {
  readonly #layout: BuildLayout;
  readonly #made: (Made | undefined)[];

  constructor(layout: BuildLayout) {
    this.#layout = layout;
    this.#made = new Array<Made | undefined>(layout.all.length).fill(undefined);
  }

  /**
   * By module id; modules that the bundler leaves out are absent. `importers` may name one several times; `written` is what
   * Rspack lists, all where something has no name.
   */
  rowsOf(
    demands: Demands,
    importers: ReadonlyMap<ModuleNumber, ModuleNumber[]>,
    written: Demands | undefined,
  ): ReadonlyMap<string, ModuleUsage> {
    const { all, normal } = this.#layout;
    const rows = new Map<string, ModuleUsage>();
    for (let module = 0; module < all.length; module++) {
      if (!demands.isReached(module)) continue;
      const by = importers.get(module);
      const sorted = by === undefined ? NO_IMPORTERS : eachOnce(by);
      const listed = normal[module] === 1 || written?.isAll(module) !== false ? undefined : written;
      let made = this.#made[module];
      if (made === undefined || !isAsMade(made, demands, module, sorted, listed)) {
        made = this.#make(demands, module, sorted, listed);
        this.#made[module] = made;
      }
      rows.set(all[module]!.id, made.row);
    }
    return rows;
  }

  #make(
    demands: Demands,
    module: ModuleNumber,
    importers: readonly ModuleNumber[],
    written: Demands | undefined,
  ): Made {
    const deep = demands.isDeep(module);
    const row = {
      used: deep ? namesOf(demands.allPathsOf(module)) : demands.namesOf(module).sort(),
      whole: demands.isAll(module),
      exposed: demands.isExposed(module),
      importers: importers.length === 0 ? NO_NAMES : this.#filesOf(importers),
      written: written?.namesOf(module).sort(),
    };
    const names = deep ? undefined : demands.numbersOf(module);
    return { row, names, importers, written: written?.numbersOf(module) };
  }

  #filesOf(modules: readonly ModuleNumber[]): readonly FilePath[] {
    const files = modules.flatMap((number) => {
      const module = this.#layout.all[number]!;
      return module.type === "normal" ? module.file : [];
    });
    return [...new Set(files)].sort();
  }
}

function isAsMade(
  { row, names, importers, written }: Made,
  demands: Demands,
  module: ModuleNumber,
  by: readonly ModuleNumber[],
  listed: Demands | undefined,
): boolean {
  if (row.whole !== demands.isAll(module) || row.exposed !== demands.isExposed(module)) return false;
  if (names === undefined || demands.isDeep(module) || !hasJust(demands, module, names)) return false;
  if ((written === undefined) !== (listed === undefined)) return false;
  if (written !== undefined && listed !== undefined && !hasJust(listed, module, written)) return false;
  return isSameList(importers, by);
}

function hasJust(demands: Demands, module: ModuleNumber, names: readonly NameNumber[]): boolean {
  if (names.length !== demands.countOf(module)) return false;
  for (const name of names) if (!demands.has(module, name)) return false;
  return true;
}

/** Dotted, sorted, each once. */
export function namesOf(paths: readonly Reference[]): readonly string[] {
  const [first] = paths;
  if (first === undefined) return NO_NAMES;
  if (paths.length > 1)
    return [...new Set(paths.map((path) => (path.length === 1 ? path[0]! : path.join("."))))].sort();
  return first.length === 1 ? first : [first.join(".")];
}

function eachOnce(numbers: readonly ModuleNumber[]): readonly ModuleNumber[] {
  const sorted = Int32Array.from(numbers).sort();
  return Array.from(sorted).filter((number, index) => index === 0 || number !== sorted[index - 1]);
}
