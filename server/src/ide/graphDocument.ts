/** `fedlens graph`: containers, modules and connections in the contract's shape. */
import type { Container, ContainerId } from "../graph/container.ts";
import { normalRange } from "../graph/identifiers.ts";
import { containerGraph, containers, containersElsewhere } from "../graph/index.ts";
import type { GraphModule } from "../graph/module.ts";
import { runTargets } from "../graph/resolveOptions.ts";
import { buildUsage } from "../usage/usedExports.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";
import { Places } from "./places.ts";

export interface GraphDocument {
  readonly schema: "federation-lens/graph@1";
  readonly containers: readonly object[];
  readonly modules: readonly object[];
  readonly connections: readonly object[];
}

export function graphDocument(db: Db, root: FilePath): GraphDocument {
  const places = new Places(db, root);
  const all = containers(db);
  const elsewhere = containersElsewhere(db);
  return {
    schema: "federation-lens/graph@1",
    containers: [...all, ...elsewhere].map((container) => containerData(places, container)),
    modules: [...all, ...elsewhere].flatMap((container) =>
      [...containerGraph(db, container.id).modules.values()]
        .filter((module) => module.type === "normal" || module.container === container.id)
        .filter((module) => isBundlersOwn(module) && (container.elsewhere || isIncluded(db, container.id, module)))
        .map((module) => moduleData(places, container, module)),
    ),
    connections: all.flatMap((container) => connectionsData(places, db, container)),
  };
}

/** One module of several share scopes is one here for each of them: the first stands for all. */
function isBundlersOwn(module: GraphModule): boolean {
  const shared = module.type === "consume-shared" || module.type === "provide-shared";
  return !shared || module.shareScope === module.shareScopes[0];
}

/** Modules that nothing of the build uses or evaluates are left out by the bundler; entries always stay. */
function isIncluded(db: Db, container: ContainerId, { type, id }: GraphModule): boolean {
  if (type === "provide-shared" || type === "container-entry" || type === "external") return true;
  return buildUsage(db, container).modules.has(id);
}

function scopeData(scopes: readonly string[]): string | readonly string[] {
  const [first = "default", ...others] = scopes;
  return others.length === 0 ? first : scopes;
}

/** As the bundler's own module holds it: webpack's normal form; Rspack has any version for none. */
function rangeData(requiredVersion: string | false | null, { implementation }: Container): string | false | null {
  if (typeof requiredVersion === "string") return normalRange(requiredVersion);
  return implementation === "rspack" ? "*" : requiredVersion;
}

/** What a consumer falls back to: a module of the workspace, a package, or nothing. */
export function fallbackKind(fallback: FilePath | null): "local" | "package" | "none" {
  if (fallback === null) return "none";
  return fallback.includes("/node_modules/") ? "package" : "local";
}

function containerData(places: Places, container: Container): object {
  return {
    id: places.path(container.config.file),
    name: container.name ?? null,
    project: container.project,
    configPath: places.path(container.config.file),
    bundler: container.config.bundler,
    implementation: container.implementation,
    runtime: container.runtime,
    shareStrategy: container.shareStrategy,
    targets: runTargets(container.config),
    exposes: Object.fromEntries(container.exposes.map((expose) => [expose.key, expose.requests])),
    remotes: Object.fromEntries(container.remotes.map((remote) => [remote.alias, remote.addresses])),
    ...(container.elsewhere ? { elsewhere: true } : {}),
  };
}

function moduleData(places: Places, owner: Container, module: GraphModule): object {
  const container = owner.name ?? owner.project;
  switch (module.type) {
    case "normal":
      return { id: places.path(module.file), type: module.type, container };
    case "consume-shared": {
      const { id, type, shareScopes, shareKey, requiredVersion, singleton, strictVersion, eager, layer } = module;
      return {
        id,
        type,
        container,
        shareScope: scopeData(shareScopes),
        shareKey,
        requiredVersion: rangeData(requiredVersion, owner),
        import: module.import ?? null,
        fallback: module.fallback === null ? null : places.path(module.fallback),
        fallbackKind: fallbackKind(module.fallback),
        singleton,
        strictVersion,
        eager,
        ...(layer === undefined ? {} : { layer }),
      };
    }
    case "provide-shared": {
      const { id, type, shareScopes, shareKey, version, eager, layer } = module;
      return {
        id,
        type,
        container,
        shareScope: scopeData(shareScopes),
        shareKey,
        version,
        resource: places.path(module.resource),
        eager,
        ...(layer === undefined ? {} : { layer }),
      };
    }
    case "container-entry":
      return {
        id: module.id,
        type: module.type,
        container,
        name: module.name,
        filename: module.filename ?? null,
        exposes: module.exposes,
      };
    case "remote":
      return {
        id: module.id,
        type: module.type,
        container,
        remote: module.remote,
        request: module.request,
        internalRequest: module.internalRequest,
        shareScope: scopeData(module.shareScopes),
        externalType: module.externalType,
        entry: module.entry ?? null,
      };
    case "external":
      return { id: module.id, type: module.type, container, request: module.request };
  }
}

/** Of modules that are in the build. */
function connectionsData(places: Places, db: Db, container: Container): readonly object[] {
  const { modules, connections } = containerGraph(db, container.id);
  const usage = buildUsage(db, container.id);
  const idOf = (id: string | undefined): string | null => {
    const module = id === undefined ? undefined : modules.get(id);
    return module?.type === "normal" ? places.path(module.file) : (id ?? null);
  };
  return connections.flatMap((connection, index) => {
    const { from, to, request, dependencyType } = connection;
    const origin = modules.get(from);
    if (origin !== undefined && !isIncluded(db, container.id, origin)) return [];
    const referencedExports = usage.connections[index];
    const state = to !== undefined && referencedExports === undefined ? "inactive" : connection.state;
    return [
      {
        container: container.name ?? container.project,
        from: idOf(from),
        to: idOf(to),
        request,
        dependencyType,
        state,
        referencedExports: referencedExports ?? [],
      },
    ];
  });
}
