/** The uses found so far, each with where the walk stands: its declaration, its constant tests. */
import type { Guard } from "../guards.ts";
import type { RequestUse, UseKind } from "./facts.ts";
import type { Holder, InnerGraph } from "./innerGraph.ts";
import type { Bound } from "./moduleNames.ts";

/** What a request is known by. */
export interface Asked {
  readonly request: number | undefined;
  readonly kind: UseKind;
}

/** How the taking of a path is written. */
export interface Taking {
  readonly called?: boolean;
  readonly direct?: boolean;
  readonly taken?: readonly (readonly string[])[] | undefined;
  /** What Rspack takes of the members; all of them where absent. */
  readonly inRspack?: readonly string[] | undefined;
}

interface NotedUse extends Omit<RequestUse, "usedBy" | "usedByInRspack" | "guards"> {
  readonly holder: Holder;
  readonly method: string | undefined;
  /** For webpack it is none. */
  readonly isOfRspack?: boolean;
  readonly guards: readonly Guard[];
}

export class NotedUses {
  /** The pure top-level declaration that is walked. */
  holder: Holder;
  guards: readonly Guard[] = [];
  /** The exported method that is walked, of an object that is the module's exports. */
  method: string | undefined;
  readonly #noted: NotedUse[] = [];
  readonly #markUsed: (request: number) => void;

  constructor(markUsed: (request: number) => void) {
    this.#markUsed = markUsed;
  }

  get guarded(): boolean {
    return this.#noted.some(({ guards }) => guards.length > 0);
  }

  /** A path of a name that stands for a module or an export, as each kind of binding forwards it. */
  take(bound: Bound, members: readonly string[], taking: Taking): void {
    const { called = false, direct = false, taken } = taking;
    const inRspack = bound.wholeInRspack === true ? [] : taking.inRspack;
    if (bound.kind === "import") {
      const whole = inRspack && [...bound.path, ...inRspack];
      this.add(bound, [...bound.path, ...members], { called, direct, taken, inRspack: whole });
      return;
    }
    const cut = bound.kind === "import()" && called && members.length > 1 ? members.slice(0, -1) : members;
    const paths = members.length === 0 && !called && taken !== undefined ? taken : [cut];
    for (const path of paths) this.add(bound, path, { inRspack });
  }

  add({ request, kind }: Asked, path: readonly string[], taking: Taking): void {
    const { called = false, direct = false, taken, inRspack } = taking;
    if (request !== undefined && kind !== "classic jsx") this.#markUsed(request);
    const use = {
      request,
      kind,
      path,
      ...(inRspack === undefined ? {} : { pathInRspack: inRspack }),
      called,
      direct,
      ...(taken === undefined ? {} : { taken }),
    };
    // Calls that ask for a module are no part of the inner graph.
    const holder = kind === "import" || kind === "classic jsx" ? this.holder : undefined;
    const method = holder === undefined && kind !== "import()" ? this.method : undefined;
    this.#noted.push({ ...use, holder, method, guards: this.guards });
  }

  /** Of what code is given and takes nothing of, Rspack takes the whole. */
  addUntaken(requests: readonly number[]): void {
    const taken = new Set(this.#noted.map(({ request }) => request));
    const nothing = { kind: "import()", path: [], called: false, direct: false, guards: [] } as const;
    for (const request of requests) {
      if (!taken.has(request))
        this.#noted.push({ ...nothing, request, holder: undefined, method: undefined, isOfRspack: true });
    }
  }

  /** Each different use once. */
  uses(inner: InnerGraph): readonly RequestUse[] {
    const usedBy = inner.usedBy("webpack");
    const inRspack = inner.differs ? inner.usedBy("rspack") : usedBy;
    const different = new Map<string, RequestUse>();
    for (const { holder, method, guards, isOfRspack = false, ...use } of this.#noted) {
      const by = isOfRspack ? [] : method === undefined ? usedBy(holder) : [method];
      const byInRspack = isOfRspack || method === undefined ? inRspack(holder) : by;
      const differs = byInRspack !== by && JSON.stringify(byInRspack) !== JSON.stringify(by);
      const fact = withGuards({ ...use, usedBy: by, ...(differs ? { usedByInRspack: byInRspack } : {}) }, guards);
      const key = JSON.stringify(fact);
      if (!different.has(key)) different.set(key, fact);
    }
    return [...different.values()];
  }
}

/** Most facts have no guards. */
export function withGuards<T extends object>(
  fact: T,
  guards: readonly Guard[],
): T & { readonly guards?: readonly Guard[] } {
  return guards.length === 0 ? fact : { ...fact, guards };
}
