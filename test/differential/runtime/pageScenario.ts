/** Scenarios of pages, made from a seed: containers, what they register, who loads whom, and what is then consumed. */
import type { Consumption } from "../../../server/src/analysis/runtime/page.ts";
import type { PageContainer, PageEntry, PageRemote } from "../../../server/src/analysis/runtime/pageContainer.ts";
import type { ShareStrategy } from "../../../server/src/analysis/runtime/scope.ts";

/** `rspack`: its port of webpack's runtime; `mixed`: containers of webpack's and the 2.x runtime on one page. */
export type RealRuntime = "webpack" | "rspack" | "mf2" | "mixed";

export type Step =
  | { readonly kind: "load"; readonly container: string; readonly remote: number }
  | ({ readonly kind: "consume" } & Consumption);

export interface PageScenario {
  readonly runtime: RealRuntime;
  readonly containers: readonly PageContainer[];
  /** What stands in a container's scope before anything happens. */
  readonly presets: readonly {
    readonly container: string;
    readonly shareScope: string;
    readonly shareKey: string;
    readonly entries: readonly PageEntry[];
  }[];
  readonly steps: readonly Step[];
}

export type Answer =
  | {
      readonly kind: "taken";
      readonly version: string;
      readonly container: string;
      readonly warning: string | undefined;
    }
  | { readonly kind: "fallback"; readonly warning: string | undefined }
  | { readonly kind: "error"; readonly message: string };

/** Numbers in [0, 1) from a seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const SCOPES = ["default", "default", "default", "other"];
const KEYS = ["kit", "@scope/ui"];
const NAMES = ["host", "shop", "Cart", "zebra", "a", "shop2", "app_1"];

class Maker {
  readonly #next: () => number;
  readonly #major: number;

  constructor(seed: number) {
    this.#next = random(seed);
    this.#major = this.#below(3) === 0 ? 0 : 1 + this.#below(18);
  }

  #below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  #chance(probability: number): boolean {
    return this.#next() < probability;
  }

  #pick<T>(items: readonly T[]): T {
    return items[this.#below(items.length)]!;
  }

  #numbers(): string {
    return `${this.#major + this.#below(2)}.${this.#below(3)}.${this.#below(3)}`;
  }

  #version(): string {
    if (this.#chance(0.04)) return this.#pick(["0", "1", "18", "1.0", "latest", "1.2.3.4", "v1.0.0", "2024", "1.0.0-"]);
    const prerelease = this.#chance(0.2)
      ? `-${this.#pick(["alpha", "beta.1", "beta.2", "rc.0", "0", "canary.10", "alpha.beta.3"])}`
      : "";
    return this.#numbers() + prerelease + (this.#chance(0.04) ? "+build.5" : "");
  }

  #range(): string {
    if (this.#chance(0.06)) {
      return this.#pick(["*", "x", "", ">=0", ">=0.0.0", "^0", "~1", "!1.0.0", "latest", "workspace:*", "1.x", "^0.0"]);
    }
    if (this.#chance(0.08)) return `${this.#numbers()} - ${this.#numbers()}`;
    if (this.#chance(0.1)) return `>=${this.#numbers()} <${this.#major + 1}.0.0`;
    const simple = () => this.#pick(["^", "^", "^", "~", "~", ">=", "<=", ">", "<", "", "="]) + this.#partial();
    return this.#chance(0.12) ? `${simple()} || ${simple()}` : simple();
  }

  #partial(): string {
    const numbers = this.#numbers();
    if (this.#chance(0.15))
      return numbers
        .split(".")
        .slice(0, 1 + this.#below(2))
        .join(".");
    return numbers + (this.#chance(0.15) ? this.#pick(["-alpha", "-beta.1", "-0", "-rc.0"]) : "");
  }

  #strategy(): ShareStrategy {
    return this.#chance(0.5) ? "version-first" : "loaded-first";
  }

  /** A list now and then, where the runtime knows lists. */
  #scopes(runtime: PageContainer["runtime"]): readonly string[] {
    if (runtime === "mf2" && this.#chance(0.1)) return this.#chance(0.5) ? ["default", "other"] : ["other", "default"];
    return [this.#pick(SCOPES)];
  }

  /** In a circle, containers of both runtimes can wait for each other for ever, as nothing in it is known to both. */
  #target(runtime: RealRuntime, index: number, count: number): number {
    return runtime === "mixed" ? index + 1 + this.#below(count - index) : this.#below(count + 1);
  }

  /** The 2.x runtime loads scripts by itself and leaves other remotes to the bundle. */
  #way(runtime: PageContainer["runtime"]): Omit<PageRemote, "container"> {
    const shareScopes = this.#scopes(runtime);
    if (runtime !== "mf2") return { shareScopes, immediate: this.#chance(0.4) };
    if (!this.#chance(0.2)) return { shareScopes, immediate: false, entry: "http://localhost/entry.js" };
    return { shareScopes, immediate: this.#chance(0.5), external: true };
  }

  /** Names may be equal where the runtime allows it: two builds of one package. */
  #containers(runtime: RealRuntime, count: number): PageContainer[] {
    const names = NAMES.slice().sort(() => this.#next() - 0.5);
    return Array.from({ length: count }, (_, index): PageContainer => {
      const own = runtime === "mixed" ? this.#pick(["webpack", "mf2"] as const) : runtime === "mf2" ? "mf2" : "webpack";
      const from = runtime !== "mixed" && own === "webpack" && this.#chance(0.1) ? names[0]! : names[index]!;
      const provides = Array.from({ length: this.#below(4) }, () => ({
        shareScope: this.#pick(SCOPES),
        shareKey: this.#pick(KEYS),
        version: this.#version(),
        eager: this.#chance(0.2),
      }));
      return {
        id: `c${index}`,
        from,
        runtime: own,
        strategy: this.#strategy(),
        shareScopes: this.#scopes(own),
        provides: provides.filter((one, place) => provides.findIndex((other) => sameSlot(one, other)) === place),
        remotes: Array.from({ length: count > 1 ? this.#below(3) : 0 }, () => ({
          // One more than there are: a remote that cannot be loaded.
          container: `c${this.#target(runtime, index, count)}`,
          ...this.#way(own),
        })).filter(
          (remote, place, all) =>
            all.findIndex((other) => other.container === remote.container) === place && !isOwnExternal(remote, index),
        ),
      };
    });
  }

  #consumption(container: PageContainer, implementation: Consumption["implementation"]): Step {
    const { runtime } = container;
    const own = container.provides.length > 0 && this.#chance(0.8) ? this.#pick(container.provides) : undefined;
    return {
      kind: "consume",
      container: container.id,
      shareScope: own?.shareScope ?? this.#pick(SCOPES),
      ...(runtime === "mf2" && this.#chance(0.1) ? { otherScopes: ["other"] } : {}),
      shareKey: own?.shareKey ?? this.#pick(KEYS),
      requiredVersion: this.#chance(0.12) ? false : this.#range(),
      singleton: this.#chance(0.5),
      strictVersion: this.#chance(0.4),
      eager: runtime !== "mf2" && this.#chance(0.1),
      hasFallback: own !== undefined || this.#chance(0.3),
      ...(implementation === undefined ? {} : { implementation }),
    };
  }

  /** One consumer before a scope that is filled already, or several containers that fill one. */
  make(runtime: RealRuntime): PageScenario {
    const isPage = this.#chance(0.6) || runtime === "mixed";
    const containers = this.#containers(runtime, isPage ? 2 + this.#below(4) : 1);
    const host = containers[0]!;
    const presets = isPage && (this.#chance(0.8) || runtime === "mixed") ? [] : [this.#preset(host, runtime)];
    const steps: Step[] = [];
    const present = [host];
    for (let count = isPage ? 2 + this.#below(5) : 1; count > 0; count--) {
      const actor = this.#pick(present);
      const index = this.#below(Math.max(1, actor.remotes.length));
      const remote = actor.remotes[index];
      if (remote !== undefined && this.#chance(0.4)) {
        steps.push({ kind: "load", container: actor.id, remote: index });
        const loaded = containers.find(({ id }) => id === remote.container);
        if (loaded !== undefined && !present.includes(loaded)) present.push(loaded);
      }
      const consumer = this.#pick(present);
      const built = consumer.runtime === "mf2" ? "enhanced" : runtime === "rspack" ? "rspack" : "webpack";
      steps.push(this.#consumption(consumer, built));
    }
    return { runtime, containers, presets, steps };
  }

  #preset(host: PageContainer, runtime: RealRuntime): PageScenario["presets"][number] {
    const own = host.provides[0];
    const entries = Array.from({ length: this.#below(6) }, (_, index): PageEntry => {
      const base = { eager: this.#chance(0.2), loaded: this.#chance(0.3), container: `other${index}` };
      const version = own !== undefined && this.#chance(0.15) ? own.version : this.#version();
      const from = this.#pick([`remote${index}`, `a${index}`, `Z${index}`]);
      return { version, from, ...base, ...(runtime === "mf2" ? { strategy: this.#strategy() } : {}) };
    });
    return {
      container: host.id,
      shareScope: own?.shareScope ?? "default",
      shareKey: own?.shareKey ?? KEYS[0]!,
      entries: entries.filter((one, place) => entries.findIndex((other) => other.version === one.version) === place),
    };
  }
}

/** A container that loads itself while it initialises itself. */
function isOwnExternal(remote: PageRemote, index: number): boolean {
  return remote.external === true && remote.container === `c${index}`;
}

function sameSlot(left: PageContainer["provides"][number], right: PageContainer["provides"][number]): boolean {
  return left.shareScope === right.shareScope && left.shareKey === right.shareKey && left.version === right.version;
}

export function makeScenario(runtime: RealRuntime, seed: number): PageScenario {
  return new Maker(seed).make(runtime);
}
