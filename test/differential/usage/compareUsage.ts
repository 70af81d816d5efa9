/** Where what is told of a program's exports is the bundler's, where it is wider, and where it hides something. */
import type { BuiltUsage } from "./webpackUsage.ts";

export interface UsageDifferences {
  readonly exact: number;
  /** More is claimed to be used, or to be provided, than is. */
  readonly wider: readonly string[];
  /** A use that is not told of, or a provided export that is denied. */
  readonly hidden: readonly string[];
}

type Rows = Readonly<Record<string, readonly string[]>>;

export type FoundUsage = Pick<BuiltUsage, "shared" | "own" | "provided">;

export function compareUsage(label: string, built: BuiltUsage, found: FoundUsage): UsageDifferences {
  const { partial } = built;
  const differences = { exact: 0, wider: [] as string[], hidden: [] as string[] };
  const told = (rows: Rows, built: Rows): Rows =>
    partial === true ? Object.fromEntries(Object.entries(rows).filter(([key]) => built[key] !== undefined)) : rows;
  compareUsed(`${label} shared`, built.shared, told(found.shared, built.shared), differences, built.untold);
  compareUsed(`${label} own`, wholeAsOne(built, found), told(found.own, built.own), differences);
  for (const [file, expected] of Object.entries(built.provided)) {
    const names = found.provided[file];
    // What re-exports shared modules has exports that a build does not know, and that are those of the fallbacks.
    if (names === undefined || expected === null) continue;
    const row = `${label} provided by ${file}: ${list(expected)}, found ${list(names)}`;
    if (list(names) === list(expected)) differences.exact++;
    else
      (names === null || expected.every((name) => names.includes(name)) ? differences.wider : differences.hidden).push(
        row,
      );
  }
  return differences;
}

/** Of a namespace that is handed on webpack flags each export, those it lacks that are read, and `__esModule`. */
function wholeAsOne({ own, provided }: BuiltUsage, found: FoundUsage): Rows {
  const isWhole = (file: string, names: readonly string[]): boolean =>
    names.includes("__esModule") &&
    (provided[file] ?? []).every((name) => names.includes(name)) &&
    // Each of them may as well be read by its name.
    list(names) !== list(found.own[file]);
  return Object.fromEntries(Object.entries(own).map(([file, names]) => [file, isWhole(file, names) ? ["*"] : names]));
}

function compareUsed(
  label: string,
  built: Rows,
  found: Rows,
  differences: { exact: number; readonly wider: string[]; readonly hidden: string[] },
  untold: ReadonlySet<string> = new Set(),
): void {
  for (const key of new Set([...Object.keys(built), ...Object.keys(found)])) {
    const row = `${label} ${key}: ${list(built[key])}, found ${list(found[key])}`;
    if (list(built[key]) === list(found[key])) differences.exact++;
    else if (built[key] !== undefined && !covers(found[key], built[key])) differences.hidden.push(row);
    else if (!untold.has(key)) differences.wider.push(row);
  }
}

function covers(found: readonly string[] | undefined, expected: readonly string[]): boolean {
  if (found === undefined) return false;
  if (found.includes("*")) return true;
  return expected.every((name) => found.some((item) => name === item || name.startsWith(`${item}.`)));
}

function list(names: readonly string[] | null | undefined): string {
  return names === undefined ? "nothing" : names === null ? "unknown" : `[${names.join()}]`;
}
