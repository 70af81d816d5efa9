/** The provide-shared modules that one plugin instance makes: every resolved file is offered, those that match are kept. */
import type { ProvideShared } from "../model/shared.ts";
import { manifestOf, manifestsAbove } from "../project/manifest.ts";
import { type FilePath, joinPath, parentPath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";
import type { BuildState } from "./buildState.ts";
import { provideIdentifier } from "./identifiers.ts";
import { matchesEvery, matchProvides, type ProvideMatch, provideTable } from "./matching.ts";
import type { ProvideSharedModule } from "./module.ts";
import type { PluginTables } from "./pluginTables.ts";
import { inferRequiredVersion } from "./requiredVersion.ts";
import { resolvedInOrder } from "./resolvedFirst.ts";
import { requestPasses, versionPasses } from "./versionFilters.ts";

/** A resource that a provide matched: what the provide-shared module is made of at the end. */
interface ProvidedResource {
  readonly resource: FilePath;
  readonly provide: number;
  readonly shareKey: string;
  readonly version: string | false;
  /** What was resolved to it; `undefined` for a key that is a path. */
  readonly request?: string;
}

function layeredKey(file: FilePath, layer: string | undefined): string {
  return layer === undefined ? file : `${layer}\0${file}`;
}

/** Collects what the provides of a plugin instance match, and adds their modules once the rest of the graph is there. */
export class ProvideModules {
  readonly #state: BuildState;
  readonly #tables: PluginTables;
  readonly #table;
  /** Called with each file that is provided. */
  readonly #onProvided: (file: FilePath) => void;
  /** By the resource; by layer and resource where the provide has a layer. */
  readonly #provided = new Map<string, ProvidedResource>();
  /** Files that other requests lead to as well, in no layer, with the package.json above them. */
  readonly #contested = new Map<FilePath, FilePath | undefined>();

  constructor(state: BuildState, tables: PluginTables, onProvided: (file: FilePath) => void) {
    this.#state = state;
    this.#tables = tables;
    this.#onProvided = onProvided;
    this.#table = provideTable(tables.provides);
  }

  /** Whether what a request leads to may be provided for its text. */
  mayTake(request: string): boolean {
    if (request.startsWith(".")) return false;
    return this.#tables.provides.some(
      ({ request: key }) => key === request || (key.endsWith("/") && request.startsWith(key)),
    );
  }

  /** Relative and absolute keys are provided whether or not anybody asks for them, unless a filter keeps them out. */
  takePathKeys(): void {
    const { provides } = this.#tables;
    for (const index of this.#table.absolute) {
      const provide = provides[index]!;
      const file = joinPath(provide.request);
      const key = layeredKey(file, provide.layer);
      if (this.#pathPasses(provide)) this.#provided.set(key, this.#configured(index, file));
      else if (this.#replacesFirst(provide)) this.#provided.delete(key);
    }
  }

  /** Of several keys for one path enhanced takes the last, also one that a filter then keeps out, but for its stated version. */
  #replacesFirst(provide: ProvideShared): boolean {
    const version = typeof provide.version === "object" ? provide.version.version : false;
    return this.#tables.implementation === "enhanced" && (version === false || versionPasses(provide, version));
  }

  /** webpack and Rspack test the stated version; enhanced the key too, as if it were the resource. */
  #pathPasses(provide: ProvideShared): boolean {
    const version = typeof provide.version === "object" ? provide.version.version : undefined;
    if (!versionPasses(provide, version)) return false;
    return this.#tables.implementation !== "enhanced" || requestPasses(provide, provide.request);
  }

  #configured(index: number, resource: FilePath): ProvidedResource {
    const provide = this.#tables.provides[index]!;
    const version = typeof provide.version === "object" ? provide.version.version : false;
    return { resource, provide: index, shareKey: provide.shareKey, version };
  }

  /** A file that a request resolved to; `manifest` is the package.json above it. */
  offer(request: string, file: FilePath, manifest: FilePath | undefined, layer: string | undefined): void {
    const known = this.#provided.get(layeredKey(file, layer));
    if (known !== undefined) {
      const isContested = layer === undefined && known.request !== undefined && known.request !== request;
      if (isContested) this.#contested.set(file, manifest);
      return;
    }
    for (const match of matchProvides(this.#tables, this.#table, request, file, layer)) {
      const provide = this.#tables.provides[match.provide]!;
      const version = this.#providedVersion(match, file, manifest);
      if (version === undefined) continue;
      if (!versionPasses(provide, version)) continue;
      if (this.#tables.implementation === "enhanced" && !requestPasses(provide, file)) continue;
      const key = layeredKey(file, provide.layer);
      this.#provided.set(key, { resource: file, provide: match.provide, shareKey: match.shareKey, version, request });
      if (!matchesEvery(this.#tables)) return;
    }
  }

  /** `undefined`: nothing is provided, as Rspack has it where a version is missing. */
  #providedVersion(
    match: ProvideMatch,
    file: FilePath,
    manifestFile: FilePath | undefined,
  ): string | false | undefined {
    const { request } = match;
    const { implementation } = this.#tables;
    const provide = this.#tables.provides[match.provide]!;
    if (typeof provide.version === "object") return provide.version.version;
    const locked = this.#state.lockedVersionOf(file);
    if (locked !== undefined) return locked;
    const manifest = manifestFile === undefined ? undefined : manifestOf(this.#state.db, parentPath(manifestFile));
    if (manifest?.version !== undefined && (manifest.version !== "" || implementation === "rspack"))
      return manifest.version;
    const parent =
      implementation === "webpack" || manifestFile === undefined
        ? undefined
        : implementation === "rspack"
          ? parentPackageVersion(this.#state.db, parentPath(manifestFile), match.shareKey)
          : this.#parentRange(manifestFile, request);
    if (parent !== undefined) return parent;
    const details =
      manifest === undefined
        ? "No description file (usually package.json) found. Add description file with name and version, or manually specify version in shared config."
        : `No version in description file (usually package.json). Add version to description file ${manifest.file}, or manually specify version in shared config.`;
    this.#state.problem(
      "warning",
      `shared module ${request} -> ${file}`,
      `No version specified and unable to automatically determine one. ${details}`,
      provide.source,
    );
    return implementation === "rspack" ? undefined : false;
  }

  /** enhanced takes the range that the manifest one folder up requires for a version. */
  #parentRange(manifestFile: FilePath, request: string): string | undefined {
    const directory = parentPath(parentPath(manifestFile));
    if (manifestOf(this.#state.db, directory) === undefined) return undefined;
    const inferred = inferRequiredVersion(this.#state.db, directory, request, request, "enhanced");
    const own = inferred.place !== undefined && parentPath(inferred.place.file) === directory;
    return own ? inferred.version || undefined : undefined;
  }

  /** webpack provides by what is resolved first. Rspack resolves in several threads: there is no order to tell. */
  #settle(): void {
    const { modules, connections, container } = this.#state;
    if (this.#contested.size === 0 || container.implementation === "rspack") return;
    const roots = new Set<string>();
    for (const { from } of connections) {
      const type = modules.get(from)?.type;
      if (type === undefined || type === "container-entry") roots.add(from);
    }
    const replaced = Object.keys(container.config.build.resolve.extensionAlias ?? {});
    for (const { to, request } of resolvedInOrder(connections, roots, replaced)) {
      if (to === undefined || !this.#contested.has(to)) continue;
      if (this.#isOffered(request, to, this.#contested.get(to))) this.#contested.delete(to);
      if (this.#contested.size === 0) return;
    }
  }

  /** Provides a file by this request instead of the one before, if it is provided by it. */
  #isOffered(request: string, file: FilePath, manifest: FilePath | undefined): boolean {
    const before = this.#provided.get(file);
    this.#provided.delete(file);
    this.offer(request, file, manifest, undefined);
    if (this.#provided.has(file)) return true;
    if (before !== undefined) this.#provided.set(file, before);
    return false;
  }

  /** A module for everything provided; their files are then still to be visited. */
  addModules(): void {
    this.#settle();
    const relative = new Map<string, number>();
    for (const index of this.#table.relative) {
      const provide = this.#tables.provides[index]!;
      const key = layeredKey(provide.request, provide.layer);
      if (this.#pathPasses(provide)) relative.set(key, index);
      else if (this.#replacesFirst(provide)) relative.delete(key);
    }
    for (const index of relative.values()) {
      const { request } = this.#tables.provides[index]!;
      const resolved = this.#state.resolve(request, this.#state.container.context, "esm");
      const file = typeof resolved === "object" ? resolved.file : joinPath(this.#state.container.context, request);
      this.#add(this.#configured(index, file), request);
    }
    for (const provided of this.#provided.values()) this.#add(provided, provided.resource);
  }

  #add({ resource, provide: provideIndex, shareKey, version }: ProvidedResource, printed: string): void {
    const provide = this.#tables.provides[provideIndex]!;
    for (const [index, shareScope] of provide.shareScopes.entries()) {
      const scopes = index === 0 ? provide.shareScopes : [shareScope];
      const id = this.#idOf(scopes, shareKey, version, printed);
      const module: ProvideSharedModule = {
        type: "provide-shared",
        id,
        container: this.#tables.owner,
        shareScope,
        shareScopes: provide.shareScopes,
        shareKey,
        version,
        resource,
        eager: provide.eager,
        layer: provide.layer,
        provide: this.#tables.firstProvide + provideIndex,
      };
      if (this.#isOfAnother(id)) continue;
      this.#state.modules.set(id, module);
      this.#state.addNormal(resource, provide.layer);
      this.#onProvided(resource);
      this.#state.connections.push({
        from: id,
        to: resource,
        request: provide.request,
        dependencyType: "provide module for shared",
        state: "active",
        requestIndex: undefined,
      });
    }
  }

  /** As the bundler prints it; a number tells apart a file and the path of it that are printed alike. */
  #idOf(scopes: readonly string[], shareKey: string, version: string | false, printed: string): string {
    const identity = JSON.stringify([scopes, shareKey, version, printed]);
    const known = this.#state.provideIds.get(identity);
    if (known !== undefined) return known;
    const text = provideIdentifier(this.#state.container.context, scopes, shareKey, version, printed);
    let id = text;
    for (let count = 2; this.#state.modules.has(id); count++) id = `${text} #${count}`;
    this.#state.provideIds.set(identity, id);
    return id;
  }

  /** Of several plugin instances that provide the same, the module is the first one's. */
  #isOfAnother(id: string): boolean {
    const known = this.#state.modules.get(id);
    const { owner, firstProvide, provides } = this.#tables;
    if (known?.type !== "provide-shared") return false;
    const place = known.provide - firstProvide;
    return known.container !== owner || place < 0 || place >= provides.length;
  }
}

/** Rspack: for a package's secondary entry with a manifest of its own, the version of the package it belongs to. */
function parentPackageVersion(db: Db, directory: FilePath, shareKey: string): string | undefined {
  for (const { file, name, version } of manifestsAbove(db, parentPath(directory))) {
    const inside = directory.slice(parentPath(joinPath(file)).length + 1);
    if (name !== undefined && version !== undefined && shareKey === `${name}/${inside}`) return version;
  }
  return undefined;
}
