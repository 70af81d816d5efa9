/**
 * Small steps before a large query: facts and resolutions of one module at a time, so that the query which needs them all
 * finds them and is short. What is computed here in vain costs time and nothing else.
 */
import { configCandidates, warmCandidates } from "../bundlers/candidates.ts";
import { configsOfFile, configsStillHold } from "../bundlers/federationConfigs.ts";
import { knownValue } from "../evaluate/evaluated.ts";
import type { Container } from "../graph/container.ts";
import { linksQuery, warmLinks } from "../graph/moduleLinks.ts";
import { resolveOptionsOf } from "../graph/resolveOptions.ts";
import { type ResolveKind, resolveModule } from "../project/resolveModule.ts";
import { workspaceRoots } from "../project/workspace.ts";
import type { RequestKind } from "../syntax/index.ts";
import { type FilePath, parentPath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";

/** Evaluates one configuration a step; yields its file. */
export function* warmConfigs(db: Db): Generator<FilePath, void> {
  for (const root of workspaceRoots(db)) {
    if (configsStillHold(db, root)) continue;
    yield root;
    for (const _seen of warmCandidates(db, root)) yield root;
    const candidates = configCandidates(db, root);
    yield root;
    for (const { file, kind } of candidates) {
      if (kind !== "entry") continue;
      configsOfFile(db, root, file);
      yield file;
    }
  }
}

const RESOLVED: Partial<Readonly<Record<RequestKind, ResolveKind>>> = {
  "esm import": "esm",
  "esm export": "esm",
  "import()": "esm",
  "cjs require": "cjs",
  "require.ensure": "cjs",
};

/** Reads and resolves one module of a container's build a step; yields how many have been seen. */
export function* warmModules(db: Db, container: Container): Generator<number, void> {
  const options = resolveOptionsOf(container.config);
  const linksOfBuild = linksQuery(options);
  const seen = new Set<FilePath>();
  const queue: FilePath[] = [];
  const ask = (request: string, directory: FilePath, kind: ResolveKind): void => {
    if (container.remotes.some(({ alias }) => request === alias || request.startsWith(`${alias}/`))) return;
    const resolved = resolveModule(db, request, directory, options, kind);
    if (typeof resolved !== "object" || seen.has(resolved.file)) return;
    seen.add(resolved.file);
    queue.push(resolved.file);
  };
  for (const { requests } of container.config.build.entries) {
    for (const request of requests.flatMap((item) => knownValue(item) ?? [])) ask(request, container.context, "esm");
  }
  for (const request of container.exposes.flatMap(({ requests }) => requests)) ask(request, container.context, "esm");
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    for (const _seen of warmLinks(db, file, options)) yield seen.size;
    const links = db.get(linksOfBuild, file);
    for (const [index, { kind, specifier, typeOnly }] of links?.facts.requests.entries() ?? []) {
      const resolveKind = RESOLVED[kind];
      if (resolveKind === undefined || typeOnly || specifier === undefined) continue;
      const local = links?.local[index]?.connection.to;
      if (local === undefined) ask(specifier, parentPath(file), resolveKind);
      else if (!seen.has(local)) {
        seen.add(local);
        queue.push(local);
      }
    }
    yield seen.size;
  }
}
