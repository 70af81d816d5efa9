/** Who asks: what all requests of one module have in common, each found out once and only when a request needs it. */
import type { ResolveKind } from "../project/resolveModule.ts";
import { type FilePath, isInside, parentPath } from "../vfs/path.ts";
import type { BuildState } from "./buildState.ts";
import type { ModuleLinks } from "./moduleLinks.ts";
import type { PackageScopes } from "./packageScopes.ts";
import { asksInFull } from "./strictModules.ts";

export class Origin<T> {
  /** Id of the module that asks. */
  readonly id: string;
  readonly layer: string | undefined;
  readonly directory: FilePath;
  /** Set for a file outside of the build's own folder: other builds ask for the same there. */
  readonly shared: ModuleLinks | undefined;
  #isStrict: boolean | undefined;
  #esm: Map<string, T> | undefined | null = null;

  constructor(id: string, directory: FilePath, layer: string | undefined, shared?: ModuleLinks) {
    this.id = id;
    this.directory = directory;
    this.layer = layer;
    this.shared = shared;
  }

  static ofFile<T>(file: FilePath, layer: string | undefined, links: ModuleLinks | undefined, context: FilePath) {
    return new Origin<T>(file, parentPath(file), layer, isInside(file, context) ? undefined : links);
  }

  /** How its requests of a kind are resolved: those of an ES module for Node name files in full. */
  kindOf(kind: "esm" | "cjs", { db, container }: BuildState): ResolveKind {
    if (kind === "cjs") return kind;
    this.#isStrict ??= asksInFull(db, container.config, this.id);
    return this.#isStrict ? "strict" : "esm";
  }

  /** What its package's folders have found out of requests for packages; `undefined` where folders differ. */
  known(kind: ResolveKind, scopes: PackageScopes<T>): Map<string, T> | undefined {
    if (this.layer !== undefined) return undefined;
    if (kind === "cjs") return scopes.at(this.directory, kind);
    if (this.#esm === null) this.#esm = scopes.at(this.directory, kind);
    return this.#esm;
  }
}
