/**
 * How many bytes of a shared module would go if only the used exports were kept: files that only unused exports lead to,
 * and unused declarations in files that stay. An estimate from the source files as they are, before minification.
 */
import { MultiMap } from "../base/multiMap.ts";
import { consumesOf, containerById, containerGraph } from "../graph/index.ts";
import { resolveOptionsOf } from "../graph/resolveOptions.ts";
import { query } from "../query/database.ts";
import { exportRanges } from "../syntax/exportRanges.ts";
import type { FilePath } from "../vfs/path.ts";
import { type Db, fileText, type World } from "../vfs/vfs.ts";
import { fileExports } from "./providedExports.ts";
import type { SharedUsage } from "./sharedUsage.ts";
import { sideEffectsOf } from "./sideEffects.ts";

export interface Savings {
  /** Characters of the fallback and all that it asks for. */
  readonly total: number;
  readonly saved: number;
  readonly files: number;
  readonly savedFiles: number;
}

const NONE: Savings = { total: 0, saved: 0, files: 0, savedFiles: 0 };

/** Keys are `<container>\0<file>\0<kept names, by commas>`. */
const savings = query<World, Savings>("savings", (db, key) => {
  const [container = "", file = "", kept = ""] = key.split("\0");
  const config = containerById(db, container)?.config;
  if (config === undefined) return NONE;
  const asked = new MultiMap<string, string>();
  for (const { from, to } of containerGraph(db, container).connections) if (to !== undefined) asked.add(from, to);
  const reach = (starts: Iterable<string>): ReadonlySet<string> => {
    const reached = new Set<string>();
    const stack = [...starts];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      if (reached.has(next) || fileText(db, next) === undefined) continue;
      reached.add(next);
      stack.push(...asked.values(next));
    }
    return reached;
  };
  const all = reach([file]);
  const exports = fileExports(db, resolveOptionsOf(config));
  const names = new Set(kept.split(",").filter((name) => name !== ""));
  const terminals = [...names].map((name) => exports.terminalOf(file, name));
  // What is not understood stays as a whole.
  if (terminals.includes(undefined)) return { ...NONE, total: sizeOf(db, all), files: all.size };
  const ends = terminals.map((terminal) => terminal!.module);
  const effects = [...all].filter((item) => item !== file && sideEffectsOf(db, item) === "some");
  const stays = new Set([file, ...reach([...ends, ...effects])]);
  const gone = [...all].filter((item) => !stays.has(item));
  const declared = unusedDeclarations(db, file, names);
  return {
    total: sizeOf(db, all),
    saved: sizeOf(db, gone) + (sideEffectsOf(db, file) === "some" ? 0 : declared),
    files: all.size,
    savedFiles: gone.length,
  };
});

/**
 * Of keeping only some exports of a shared key's fallback; of several copies, of the first. `undefined` without one.
 */
export function savingsOf(
  db: Db,
  { shareScope, shareKey, fallbacks }: Pick<SharedUsage, "shareScope" | "shareKey" | "fallbacks">,
  kept: readonly string[],
): Savings | undefined {
  const [file] = fallbacks;
  // Only in the build that falls back to a copy is all that it asks for.
  const owner = consumesOf(db, shareScope, shareKey).find(({ fallback }) => fallback === file);
  if (file === undefined || owner === undefined) return undefined;
  return db.get(savings, `${owner.container}\0${file}\0${[...kept].sort().join(",")}`);
}

function sizeOf(db: Db, files: Iterable<FilePath>): number {
  let size = 0;
  for (const file of files) size += fileText(db, file)?.length ?? 0;
  return size;
}

function unusedDeclarations(db: Db, file: FilePath, kept: ReadonlySet<string>): number {
  return exportRanges(db, file)
    .filter(({ name }) => !kept.has(name))
    .reduce((sum, { range }) => sum + range.end - range.start, 0);
}
