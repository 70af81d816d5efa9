/** Which build targets of Vite cannot have `await` at the top level of a module, as esbuild tells it. */
import semver from "semver";
import { knownValue } from "../evaluate/evaluated.ts";
import type { Container } from "../graph/container.ts";
import { DEPENDENCY_FIELDS, dependencyIn, nearestManifest } from "../project/manifest.ts";
import { moduleFacts } from "../syntax/index.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { Db } from "../vfs/vfs.ts";
import { installedVersion } from "./installedVersion.ts";

/** Engine versions from which it is there. */
const SINCE: Readonly<Record<string, readonly [number, number]>> = {
  chrome: [89, 0],
  edge: [89, 0],
  firefox: [89, 0],
  safari: [15, 0],
  ios: [15, 0],
  opera: [75, 0],
  node: [14, 8],
};

/** What Vite builds for before version 7. */
const FORMER_DEFAULT = ["es2020", "edge88", "firefox78", "chrome87", "safari14"];

/** Plugins of a configuration that are known to choose no target and to rewrite no `await`. */
const PLAIN_PLUGINS =
  /^(?:vite|(?:node:)?(?:path|url|fs|process)|dotenv|vite-tsconfig-paths|vite-plugin-svgr|@vitejs\/plugin-(?:react(?:-swc)?|vue(?:-jsx)?)|@originjs\/vite-plugin-federation)$/;

export interface LackingTarget {
  /** Those of the targets that cannot have it. */
  readonly targets: readonly string[];
  /** The option; `undefined` where the tool's default is meant. */
  readonly source: SourceRange | undefined;
}

/** `undefined` where all targets can have it, or it is not known. */
export function lackingTarget(db: Db, { config }: Container): LackingTarget | undefined {
  const plugins = moduleFacts(db, config.file)?.requests.map(({ specifier }) => specifier ?? "") ?? [];
  if (plugins.some((name) => /top-level-await|legacy/i.test(name))) return undefined;
  const option = config.build.options.get("build.target");
  if (option === undefined) {
    const isPlain = plugins.every((name) => PLAIN_PLUGINS.test(name));
    return isPlain && hasFormerVite(db, config.build.context)
      ? { targets: FORMER_DEFAULT, source: undefined }
      : undefined;
  }
  const value = knownValue(option);
  const listed = (Array.isArray(value) ? value : [value]).flatMap((item) =>
    typeof item === "string" ? item.split(",").map((target) => target.trim()) : [],
  );
  const targets = listed.includes("modules") && hasFormerVite(db, config.build.context) ? FORMER_DEFAULT : listed;
  const lacking = targets.filter(lacksTopLevelAwait);
  return lacking.length === 0 ? undefined : { targets: lacking, source: option.source };
}

/** `es2020`, `chrome87`, `safari14.1`. */
export function lacksTopLevelAwait(target: string): boolean {
  const year = /^es(\d+)$/i.exec(target)?.[1];
  if (year !== undefined) return Number(year) < 2022;
  const [, engine = "", major = "", minor = "0"] = /^([a-z]+)(\d+)(?:\.(\d+))?/i.exec(target) ?? [];
  const since = SINCE[engine.toLowerCase()];
  if (since === undefined || major === "") return false;
  return Number(major) < since[0] || (Number(major) === since[0] && Number(minor) < since[1]);
}

/** Whether every version of Vite that the project may have is before 7. */
function hasFormerVite(db: Db, context: string): boolean {
  const installed = installedVersion(db, context, "vite");
  if (installed !== undefined) return semver.major(installed) < 7;
  const found = nearestManifest(db, context);
  const ranges =
    found === undefined ? [] : DEPENDENCY_FIELDS.flatMap((field) => dependencyIn(found, field, "vite") ?? []);
  const range = ranges.find((item) => semver.validRange(item) !== null);
  return range !== undefined && !semver.intersects(range, ">=7.0.0-0");
}
