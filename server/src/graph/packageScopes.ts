/**
 * Requests for packages mean the same in all folders between one manifest and the next: what one build found out about
 * such a request is remembered for the whole scope.
 */
import { packageScope, type ResolveKind } from "../project/resolveModule.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";

type Scope = Readonly<Record<ResolveKind, Map<string, unknown>>>;

export class PackageScopes<T> {
  readonly #db: Db;
  readonly #optionsId: number;
  readonly #byDirectory = new Map<FilePath, Scope | undefined>();

  constructor(db: Db, optionsId: number) {
    this.#db = db;
    this.#optionsId = optionsId;
  }

  /** What is remembered of requests of a kind from a folder, to be read and written; `undefined` where folders differ. */
  at(directory: FilePath, kind: ResolveKind): Map<string, T> | undefined {
    let scope = this.#byDirectory.get(directory);
    if (scope === undefined && !this.#byDirectory.has(directory)) {
      const base = packageScope(this.#db, directory, this.#optionsId);
      scope = base === undefined ? undefined : (this.#byDirectory.get(base) ?? newScope());
      if (base !== undefined) this.#byDirectory.set(base, scope);
      this.#byDirectory.set(directory, scope);
    }
    return scope?.[kind] as Map<string, T> | undefined;
  }
}

function newScope(): Scope {
  return { esm: new Map(), strict: new Map(), cjs: new Map() };
}
