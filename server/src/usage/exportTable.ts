/**
 * What modules export when re-exports are followed: known names, conflicts of `export *`, where an export ends, and how an
 * importer sees the module's default. Over any set of modules: those of one build by number, or files as they resolve.
 */
import type { ExportFacts, ForwardedExport } from "../syntax/exportFacts.ts";

/** webpack's words for what `import x from` gives: the export `default`, or the whole of a CommonJS module. */
export type ImportType = "namespace" | "default-only" | "default-with-named" | "dynamic";

export interface ModuleExports {
  /** Names that are surely provided. */
  readonly names: ReadonlySet<string>;
  /** False when more may be. */
  readonly complete: boolean;
  /** Names that two `export *` give differently: they are not provided. */
  readonly conflicts: readonly string[];
}

/** Where a re-export ends. */
export interface Terminal<M> {
  readonly module: M;
  /** Empty for the whole module. */
  readonly path: readonly string[];
}

/** The modules that a table is about. */
export interface ExportSource<M> {
  /** `undefined` for what has no text of its own, or cannot be read. */
  readonly facts: (module: M) => ExportFacts | undefined;
  /** The module that a re-export asks for; `null` where the build leaves the request out. */
  readonly follow: (module: M, forwarded: ForwardedExport) => M | undefined | null;
  /** The module whose place this one takes, as a fallback does for what is shared. */
  readonly standIn: (module: M) => M | undefined;
}

/** What a module hands on, by name: barrels have hundreds. */
interface Forwarding {
  /** `undefined` for a name that CommonJS is given from several places: which of them counts is a matter of their order. */
  readonly named: ReadonlyMap<string, ForwardedExport | undefined>;
  readonly stars: readonly ForwardedExport[];
  readonly own: ReadonlySet<string>;
}

const UNKNOWN: ModuleExports = { names: new Set(), complete: false, conflicts: [] };
const NOTHING: ModuleExports = { names: new Set(), complete: true, conflicts: [] };

export class ExportTable<M extends string | number> {
  readonly #source: ExportSource<M>;
  readonly #known = new Map<M, ModuleExports>();
  readonly #forwarding = new Map<M, Forwarding>();
  readonly #terminals = new Map<M, Map<string, Terminal<M> | undefined>>();

  constructor(source: ExportSource<M>) {
    this.#source = source;
  }

  exportsOf(module: M): ModuleExports {
    const known = this.#known.get(module);
    if (known !== undefined) return known;
    // A cycle of `export *` adds nothing to itself.
    this.#known.set(module, NOTHING);
    const found = this.#read(module);
    this.#known.set(module, found);
    return found;
  }

  /** `true` provided, `false` not, `undefined` perhaps. */
  provides(module: M, name: string): boolean | undefined {
    const { names, complete } = this.exportsOf(module);
    return names.has(name) ? true : complete ? false : undefined;
  }

  typeOf(module: M, strict: boolean): ImportType {
    const standIn = this.#source.standIn(module);
    if (standIn !== undefined) return this.typeOf(standIn, strict);
    const facts = this.#source.facts(module);
    if (facts?.type === "namespace") return "namespace";
    if (facts?.format === "json") return strict ? "default-only" : "default-with-named";
    if (facts?.type === "default") return "default-with-named";
    if (facts?.type === "flagged") return strict ? "default-with-named" : "namespace";
    if (facts?.type === "dynamic") return strict ? "default-with-named" : this.#typeOfForwarding(module, facts);
    return strict && facts !== undefined ? "default-with-named" : "dynamic";
  }

  /** The module and path that give an export in the end; `undefined` where that is not known or not one place. */
  terminalOf(module: M, name: string): Terminal<M> | undefined {
    let known = this.#terminals.get(module);
    if (known === undefined) {
      known = new Map();
      this.#terminals.set(module, known);
    }
    if (known.has(name)) return known.get(name);
    known.set(name, undefined);
    const found = this.#readTerminal(module, name);
    known.set(name, found);
    return found;
  }

  #readTerminal(module: M, name: string): Terminal<M> | undefined {
    const next = this.next(module, name);
    if (next === undefined) return this.provides(module, name) === true ? { module, path: [name] } : undefined;
    return next.path.length === 1 ? (this.terminalOf(next.module, next.path[0]!) ?? next) : next;
  }

  /** One step of a re-export; `undefined` for an export that the module itself gives. */
  next(module: M, name: string): Terminal<M> | undefined {
    const facts = this.#source.facts(module);
    if (facts === undefined || facts.forwarded.length === 0) return undefined;
    const { named, stars, own } = this.#forwardingOf(module, facts);
    if (named.has(name)) {
      const given = named.get(name);
      if (given === undefined) return undefined;
      // Assigned after `module.exports` was: which of the two counts is a matter of their order.
      if (given.commonJs && stars.length > 0) return undefined;
      const target = this.#source.follow(module, given) ?? undefined;
      return target === undefined ? undefined : { module: target, path: given.path };
    }
    if (own.has(name)) return undefined;
    const perhaps: Terminal<M>[] = [];
    for (const star of stars) {
      if (name === "default" && !star.commonJs) continue;
      const target = this.#source.follow(module, star) ?? undefined;
      const provided = target === undefined ? false : this.provides(target, name);
      const step = target === undefined ? undefined : { module: target, path: [...star.path, name] };
      if (provided === true) return perhaps.length === 0 ? step : undefined;
      if (provided === undefined && step !== undefined) perhaps.push(step);
    }
    // Which of several it is shows at run time alone.
    return perhaps.length === 1 ? perhaps[0] : undefined;
  }

  #forwardingOf(module: M, facts: ExportFacts): Forwarding {
    const known = this.#forwarding.get(module);
    if (known !== undefined) return known;
    const named = new Map<string, ForwardedExport | undefined>();
    for (const item of facts.forwarded) {
      const { exported } = item;
      if (exported === undefined) continue;
      const target = this.#source.follow(module, item);
      if (target === null) continue;
      const before = named.get(exported);
      if (!named.has(exported)) named.set(exported, item);
      else if (before === undefined || this.#source.follow(module, before) !== target) named.set(exported, undefined);
      else if (before.path.join("\0") !== item.path.join("\0")) named.set(exported, undefined);
    }
    const stars = facts.forwarded.filter(({ exported }) => exported === undefined);
    const forwarding = { named, stars, own: new Set(facts.names) };
    this.#forwarding.set(module, forwarding);
    return forwarding;
  }

  /** Of `module.exports = require("x")`, and nothing else: as the other module says. */
  #typeOfForwarding(module: M, facts: ExportFacts): ImportType {
    if (facts.forwarded.some(({ exported }) => exported !== undefined)) return "dynamic";
    const [target] = facts.forwarded
      .filter(({ exported, path }) => exported === undefined && path.length === 0)
      .map((whole) => this.#source.follow(module, whole))
      .filter((found) => found !== null);
    if (target === undefined || !this.exportsOf(module).complete) return "dynamic";
    return this.typeOf(target, false);
  }

  #read(module: M): ModuleExports {
    const facts = this.#source.facts(module);
    if (facts === undefined || facts.type === undefined) return UNKNOWN;
    let complete = facts.complete;
    const own = new Set(facts.names);
    const starred = new Map<string, string>();
    const conflicts = new Set<string>();
    for (const forwarded of facts.forwarded) {
      if (forwarded.exported !== undefined) continue;
      const target = this.#source.follow(module, forwarded);
      if (target === null) continue;
      const inner = target === undefined || forwarded.path.length > 0 ? UNKNOWN : this.exportsOf(target);
      if (!inner.complete) complete = false;
      for (const name of inner.names) {
        if ((name === "default" && !forwarded.commonJs) || own.has(name)) continue;
        const terminal = target === undefined ? undefined : this.terminalOf(target, name);
        const place = terminal === undefined ? `${target}\0${name}` : `${terminal.module}\0${terminal.path.join("\0")}`;
        const before = starred.get(name);
        if (before !== undefined && before !== place && !forwarded.commonJs) conflicts.add(name);
        starred.set(name, before ?? place);
      }
    }
    const names = new Set(own);
    for (const name of starred.keys()) if (!conflicts.has(name)) names.add(name);
    return { names, complete, conflicts: [...conflicts].sort() };
  }
}
