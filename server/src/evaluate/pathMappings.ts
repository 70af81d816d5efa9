/** `compilerOptions.paths` of tsconfig files, for imports that a configuration writes by such a name. */
import { parse } from "jsonc-parser";
import { query } from "../query/database.ts";
import { ancestorsOf, type FilePath, isInside, joinPath, parentPath } from "../vfs/path.ts";
import { type Db, fileText, isFile, type World } from "../vfs/vfs.ts";

export interface PathMapping {
  readonly pattern: string;
  readonly targets: readonly FilePath[];
}

const NAMES = ["tsconfig.json", "tsconfig.base.json", "jsconfig.json"];
const DEEPEST_EXTENDS = 8;

const mappingsOf = query<World, readonly PathMapping[]>("tsconfigPaths", (db, file) => readMappings(db, file, 0));

function readMappings(db: Db, file: FilePath, depth: number): readonly PathMapping[] {
  const text = fileText(db, file);
  if (text === undefined || depth > DEEPEST_EXTENDS) return [];
  const data = parse(text, [], { allowTrailingComma: true }) as Record<string, unknown> | undefined;
  if (typeof data !== "object" || data === null) return [];
  const options = (data.compilerOptions ?? {}) as { baseUrl?: unknown; paths?: unknown };
  const directory = parentPath(file);
  if (typeof options.paths === "object" && options.paths !== null) {
    const base = typeof options.baseUrl === "string" ? joinPath(directory, options.baseUrl) : directory;
    return Object.entries(options.paths).map(([pattern, targets]) => ({
      pattern,
      targets: (Array.isArray(targets) ? targets : [])
        .filter((target) => typeof target === "string")
        .map((target) => joinPath(base, target)),
    }));
  }
  const parents = [data.extends]
    .flat()
    .filter((parent): parent is string => typeof parent === "string" && parent.startsWith("."));
  for (const parent of parents.reverse()) {
    const path = joinPath(directory, parent);
    const mappings = readMappings(db, isFile(db, path) ? path : `${path}.json`, depth + 1);
    if (mappings.length > 0) return mappings;
  }
  return [];
}

/** The mappings of one tsconfig file, those it inherits included. */
export function tsconfigMappings(db: Db, tsconfig: FilePath): readonly PathMapping[] {
  return db.get(mappingsOf, tsconfig);
}

/** Where the nearest tsconfig that has mappings sends a request, best first. */
export function pathMappings(db: Db, root: FilePath, directory: FilePath, request: string): readonly FilePath[] {
  for (const ancestor of ancestorsOf(directory)) {
    for (const name of NAMES) {
      const file = joinPath(ancestor, name);
      if (!isFile(db, file)) continue;
      const targets = tsconfigMappings(db, file).flatMap((mapping) => matchMapping(mapping, request));
      if (targets.length > 0) return targets;
    }
    if (!isInside(ancestor, root) || ancestor === root) return [];
  }
  return [];
}

function matchMapping({ pattern, targets }: PathMapping, request: string): readonly FilePath[] {
  const star = pattern.indexOf("*");
  if (star < 0) return pattern === request ? targets : [];
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
  if (!request.startsWith(head) || !request.endsWith(tail) || request.length < head.length + tail.length) return [];
  const matched = request.slice(head.length, request.length - tail.length);
  return targets.map((target) => target.replace("*", matched));
}
