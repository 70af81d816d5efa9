/** The uses of a file by the request that they are of: read off once for all builds that hold the file. */
import type { ExportedRequire, ModuleUses, Reexport, RequestUse } from "../syntax/uses/facts.ts";
import { type NameNumber, numberOfName } from "./names.ts";

/** Everything that hangs on one request. */
export interface RequestUses {
  readonly uses: readonly RequestUse[];
  /** Beside `uses`, of those that take one named export and nothing below it: what they reference of the module asked. */
  readonly plain: readonly (Reference | undefined)[];
  /** The same, each name once, where all uses are such. */
  readonly named: NamedUses | undefined;
  readonly reexports: readonly Reexport[];
  readonly exportedRequires: readonly ExportedRequire[];
  /** Something of it hangs on a constant test: each build has to look. */
  readonly conditional: boolean;
  /** What is taken is the same whatever is used of the file. */
  readonly fixed: boolean;
}

/** Named exports that are taken. */
export interface NamedUses {
  /** Sorted. */
  readonly names: readonly string[];
  /** The same by number. */
  readonly numbers: readonly NameNumber[];
  /** Beside `names`, the exports of the file that each hangs on. */
  readonly usedBy: readonly (readonly NameNumber[] | true)[];
}

/** A path of members; empty for the whole module. */
export type Reference = readonly string[];

export interface FileUses {
  /** By index of the request. */
  readonly requests: readonly (RequestUses | undefined)[];
  /** Of the request of the JSX transform. */
  readonly jsx: RequestUses | undefined;
}

interface Group {
  readonly uses: RequestUse[];
  readonly reexports: Reexport[];
  readonly exportedRequires: ExportedRequire[];
}

/** Which reading of a file is wanted. */
export interface Reading {
  /** The JSX transform asks for its functions itself, so that elements name none. */
  readonly automatic: boolean;
  readonly rspack: boolean;
}

const known = Array.from({ length: 4 }, () => new WeakMap<ModuleUses, FileUses>());

export const NO_USES = requestUses([], [], []);

/** The same object for the same facts and reading. */
export function usesByRequest(facts: ModuleUses, reading: Reading): FileUses {
  const table = known[(reading.automatic ? 1 : 0) + (reading.rspack ? 2 : 0)]!;
  let found = table.get(facts);
  if (found === undefined) {
    const differs = reading.rspack && facts.uses.some(isOwnInRspack);
    found = reading.rspack && !differs ? usesByRequest(facts, { ...reading, rspack: false }) : group(facts, reading);
    table.set(facts, found);
  }
  return found;
}

function group({ uses, reexports, exportedRequires }: ModuleUses, { automatic, rspack }: Reading): FileUses {
  const groups: (Group | undefined)[] = [];
  const jsx: RequestUse[] = [];
  const at = (request: number): Group => {
    const group = groups[request] ?? { uses: [], reexports: [], exportedRequires: [] };
    groups[request] = group;
    return group;
  };
  for (const use of uses) {
    if (use.kind === "classic jsx" && automatic) continue;
    const read = rspack && isOwnInRspack(use) ? inRspack(use) : use;
    (use.request === undefined ? jsx : at(use.request).uses).push(read);
  }
  for (const reexport of reexports) at(reexport.request).reexports.push(reexport);
  for (const required of exportedRequires) at(required.request).exportedRequires.push(required);
  const requests = Array.from(groups, (item) => item && requestUses(item.uses, item.reexports, item.exportedRequires));
  return { requests, jsx: jsx.length === 0 ? undefined : requestUses(jsx, [], []) };
}

function isOwnInRspack({ pathInRspack, usedByInRspack }: RequestUse): boolean {
  return pathInRspack !== undefined || usedByInRspack !== undefined;
}

function inRspack(use: RequestUse): RequestUse {
  const { pathInRspack, usedByInRspack = use.usedBy } = use;
  if (pathInRspack === undefined) return { ...use, usedBy: usedByInRspack };
  return { ...use, usedBy: usedByInRspack, path: pathInRspack, called: false };
}

export function requestUses(
  uses: readonly RequestUse[],
  reexports: readonly Reexport[],
  exportedRequires: readonly ExportedRequire[],
): RequestUses {
  const plain = uses.map(({ kind, path, taken }) => {
    const isImport = kind === "import" || kind === "classic jsx";
    return isImport && path.length === 1 && path[0] !== "default" && taken === undefined ? path : undefined;
  });
  const others = reexports.length + exportedRequires.length;
  return {
    uses,
    plain,
    named: others > 0 || plain.includes(undefined) ? undefined : namedUses(uses),
    reexports,
    exportedRequires,
    conditional: [...uses, ...exportedRequires].some(({ guards }) => guards !== undefined),
    fixed: others === 0 && uses.every(({ usedBy }) => usedBy === true),
  };
}

function namedUses(uses: readonly RequestUse[]): NamedUses {
  const byName = new Map<string, RequestUse["usedBy"]>();
  for (const { path, usedBy } of uses) {
    const known = byName.get(path[0]!);
    if (known === true) continue;
    byName.set(path[0]!, known === undefined || usedBy === true ? usedBy : [...new Set([...known, ...usedBy])]);
  }
  const names = [...byName.keys()].sort();
  const usedBy = names.map((name) => {
    const by = byName.get(name)!;
    return by === true ? true : by.map(numberOfName);
  });
  return { names, numbers: names.map(numberOfName), usedBy };
}
