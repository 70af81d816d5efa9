/** Parts of the report's Markdown: predicted chunks, what lies in several places, what is used at each run-time target. */
import { counted } from "../base/counted.ts";
import type { ChunkKind, Duplicate } from "../report/chunks.ts";
import { sizeText } from "../report/evidence.ts";
import { packageOf } from "../report/packageOf.ts";

/** Of one build; files are relative to the workspace. */
export interface BuildChunks {
  readonly container: string;
  readonly chunks: readonly { readonly kind: ChunkKind; readonly name: string; readonly modules: number }[];
  /** Copies behind a shared module and also in chunks that do not ask the share scope. */
  readonly duplicates: readonly Duplicate[];
  readonly descendantsOfShared: number;
}

export interface TargetUsage {
  readonly target: string;
  readonly containers: readonly string[];
  readonly shared: readonly {
    readonly shareScope: string;
    readonly shareKey: string;
    readonly used: readonly string[];
    readonly whole: boolean;
    readonly providedExports: number | null;
    readonly importers: number;
  }[];
}

const KINDS: readonly ChunkKind[] = ["entry", "remote", "shared", "async"];

/** Packages that are named. */
const SHOWN = 8;

/** The kinds: with an entry, exposed to hosts, behind a shared module, loaded on demand. */
export function chunkLines(builds: readonly BuildChunks[]): readonly string[] {
  const rows = builds.filter(({ chunks }) => chunks.length > 0);
  if (rows.length === 0) return [];
  return [
    "## Predicted chunks",
    "",
    "How many of each kind, with their modules; before any splitting that a configuration asks for.",
    "",
    "| app | entry | exposed | shared | on demand | behind shared modules | also outside of them (estimate) |",
    "|---|---|---|---|---|---|---|",
    ...rows.map(({ container, chunks, duplicates, descendantsOfShared }) => {
      const counts = KINDS.map((kind) => {
        const own = chunks.filter((chunk) => chunk.kind === kind);
        const modules = own.reduce((sum, chunk) => sum + chunk.modules, 0);
        return own.length === 0 ? "" : `${own.length} (${counted(modules, "module")})`;
      });
      const twice = duplicates.reduce((sum, { size }) => sum + size, 0);
      const copies = duplicates.length === 0 ? "" : `${counted(duplicates.length, "module")}, ${sizeText(twice)}`;
      return `| ${[container, ...counts, counted(descendantsOfShared, "module"), copies].join(" | ")} |`;
    }),
    "",
  ];
}

/** By package: what several apps, or several chunks of one build, each hold; the largest first. */
export function duplicateLines(overApps: readonly Duplicate[], builds: readonly BuildChunks[]): readonly string[] {
  const inBuilds = builds.flatMap(({ container, duplicates }) =>
    duplicates.map((item) => ({ ...item, places: [`${container} (${item.places.join(", ")})`] })),
  );
  const groups = new Map<string, { name: string; places: string; files: number; size: number }>();
  for (const { file, places, size } of [...overApps, ...inBuilds]) {
    const name = packageOf(`/${file}`) ?? file;
    const where = places.join(", ");
    const group = groups.get(`${name} ${where}`) ?? { name, places: where, files: 0, size: 0 };
    groups.set(`${name} ${where}`, { ...group, files: group.files + 1, size: group.size + size });
  }
  if (groups.size === 0) return [];
  const all = [...groups.values()].sort((left, right) => right.size - left.size);
  return [
    "## Duplicates",
    "",
    ...all.slice(0, SHOWN).map(({ name, files, size, places }) => {
      // What is not installed has no source to measure.
      const source = size === 0 ? "" : `, ${sizeText(size)} of source`;
      return `- \`${name}\`: ${counted(files, "file")}${source}, in ${places}`;
    }),
    ...(all.length > SHOWN ? [`- and ${all.length - SHOWN} more; all of them are in the JSON form`] : []),
    "",
  ];
}

/** Only where the builds run at several. */
export function targetLines(targets: readonly TargetUsage[]): readonly string[] {
  if (targets.length < 2) return [];
  return [
    "## Run-time targets",
    "",
    "| target | apps | share key | exports used | importing files |",
    "|---|---|---|---|---|",
    ...targets.flatMap(({ target, containers, shared }) =>
      shared.map(({ shareKey, used, whole, providedExports, importers }) => {
        const what = whole ? "the whole" : `${used.length}${providedExports === null ? "" : ` of ${providedExports}`}`;
        return `| ${target} | ${containers.join(", ")} | \`${shareKey}\` | ${what} | ${importers} |`;
      }),
    ),
    "",
  ];
}
