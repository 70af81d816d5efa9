/**
 * What modules export when re-exports are followed: known names, conflicts of `export *`, where an export ends, and how an
 * importer sees the module's default. Over any set of modules: those of one build, or files as they resolve.
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
export interface Terminal {
  readonly module: string;
  /** Empty for the whole module. */
  readonly path: readonly string[];
}

/** The modules that a table is about. */
export interface ExportSource {
  /** `undefined` for what has no text of its own, or cannot be read. */
  readonly facts: (module: string) => ExportFacts | undefined;
  /** The module that a re-export asks for; `null` where the build leaves the request out. */
  readonly follow: (module: string, forwarded: ForwardedExport) => string | undefined | null;
  /** The module whose place this one takes, as a fallback does for what is shared. */
  readonly standIn: (module: string) => string | undefined;
}

const UNKNOWN: ModuleExports = { names: new Set(), complete: false, conflicts: [] };
const NOTHING: ModuleExports = { names: new Set(), complete: true, conflicts: [] };

export class ExportTable {
  readonly #source: ExportSource;
  readonly #known = new Map<string, ModuleExports>();
  readonly #terminals = new Map<string, Terminal | undefined>();

  constructor(source: ExportSource) {
    this.#source = source;
  }

  exportsOf(module: string): ModuleExports {
    const known = this.#known.get(module);
    if (known !== undefined) return known;
    // A cycle of `export *` adds nothing to itself.
    this.#known.set(module, NOTHING);
    const found = this.#read(module);
    this.#known.set(module, found);
    return found;
  }

  /** `true` provided, `false` not, `undefined` perhaps. */
  provides(module: string, name: string): boolean | undefined {
    const { names, complete } = this.exportsOf(module);
    return names.has(name) ? true : complete ? false : undefined;
  }

  typeOf(module: string, strict: boolean): ImportType {
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
  terminalOf(module: string, name: string): Terminal | undefined {
    const key = `${module}\0${name}`;
    if (this.#terminals.has(key)) return this.#terminals.get(key);
    this.#terminals.set(key, undefined);
    const next = this.next(module, name);
    const found =
      next === undefined
        ? this.provides(module, name) === true
          ? { module, path: [name] }
          : undefined
        : next.path.length === 1
          ? (this.terminalOf(next.module, next.path[0]!) ?? next)
          : next;
    this.#terminals.set(key, found);
    return found;
  }

  /** One step of a re-export; `undefined` for an export that the module itself gives. */
  next(module: string, name: string): Terminal | undefined {
    const facts = this.#source.facts(module);
    if (facts === undefined) return undefined;
    const own = facts.forwarded.find((item) => item.exported === name && this.#source.follow(module, item) !== null);
    if (own !== undefined) {
      // Assigned after `module.exports` was: which of the two counts is a matter of their order.
      if (own.commonJs && facts.forwarded.some(({ exported }) => exported === undefined)) return undefined;
      const target = this.#source.follow(module, own) ?? undefined;
      return target === undefined ? undefined : { module: target, path: own.path };
    }
    if (facts.names.includes(name)) return undefined;
    const perhaps: Terminal[] = [];
    for (const star of facts.forwarded) {
      if (star.exported !== undefined || (name === "default" && !star.commonJs)) continue;
      const target = this.#source.follow(module, star) ?? undefined;
      const provided = target === undefined ? false : this.provides(target, name);
      const step = target === undefined ? undefined : { module: target, path: [...star.path, name] };
      if (provided === true) return perhaps.length === 0 ? step : undefined;
      if (provided === undefined && step !== undefined) perhaps.push(step);
    }
    // Which of several it is shows at run time alone.
    return perhaps.length === 1 ? perhaps[0] : undefined;
  }

  /** Of `module.exports = require("x")`: as the other module says. */
  #typeOfForwarding(module: string, facts: ExportFacts): ImportType {
    const [target] = facts.forwarded
      .filter(({ exported, path }) => exported === undefined && path.length === 0)
      .map((whole) => this.#source.follow(module, whole))
      .filter((found) => found !== null);
    if (target === undefined || !this.exportsOf(module).complete) return "dynamic";
    return this.typeOf(target, false);
  }

  #read(module: string): ModuleExports {
    const facts = this.#source.facts(module);
    if (facts === undefined || facts.type === undefined) return UNKNOWN;
    let complete = facts.complete;
    const names = new Set(facts.names);
    const starred = new Map<string, string>();
    const conflicts = new Set<string>();
    for (const forwarded of facts.forwarded) {
      if (forwarded.exported !== undefined) continue;
      const target = this.#source.follow(module, forwarded);
      if (target === null) continue;
      const inner = target === undefined || forwarded.path.length > 0 ? UNKNOWN : this.exportsOf(target);
      if (!inner.complete) complete = false;
      for (const name of inner.names) {
        if ((name === "default" && !forwarded.commonJs) || facts.names.includes(name)) continue;
        const terminal = target === undefined ? undefined : this.terminalOf(target, name);
        const place = terminal === undefined ? `${target}\0${name}` : `${terminal.module}\0${terminal.path.join("\0")}`;
        const before = starred.get(name);
        if (before !== undefined && before !== place && !forwarded.commonJs) conflicts.add(name);
        starred.set(name, before ?? place);
      }
    }
    for (const name of starred.keys()) if (!conflicts.has(name)) names.add(name);
    return { names, complete, conflicts: [...conflicts].sort() };
  }
}
