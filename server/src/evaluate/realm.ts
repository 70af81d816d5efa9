/**
 * One evaluation: its world (mode, environment), its modules and heap, and its limits. A realm stands for one process
 * that would load one configuration, so that what one configuration changes in a shared object is not seen by another.
 *
 * Code under a condition that is not known runs in an *uncertain region*: it may write, but what it writes to things
 * made before the region began becomes "old or new" instead of new.
 */

import type { FilePath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import { type Db, directoryEntries } from "../vfs/vfs.ts";
import type { Handed } from "./handOut.ts";
import type { ModuleRecord } from "./module.ts";
import type { Scope } from "./scope.ts";
import type { Trace } from "./trace.ts";
import { ObjectValue, primitive, type Slots, type UnknownValue, unknown, unsetVariable, type Value } from "./value.ts";

/** What is assumed about the build while evaluating. */
export interface EvaluationWorld {
  readonly mode: "development" | "production";
  readonly command: "serve" | "build";
  /** Pinned variables of the environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly readDotEnv: boolean;
  /** Where the build is started: what `process.cwd()` says. */
  readonly cwd: FilePath;
  /** What the tool takes relative paths from, when the configuration names no such folder. */
  readonly context: FilePath;
  readonly workspaceRoot: FilePath;
  /** Code of the application, which runs on a page or a server, rather than of its build. */
  readonly isApplication?: boolean;
  /** Variables that nothing sets are not known, instead of taken to be unset. */
  readonly assumesNothing?: boolean;
}

/** What packages give that are modelled instead of run. */
export interface PackageModel {
  /** Whether imports of the module go to the model, even where the workspace holds a package of that name. */
  readonly covers: (module: string) => boolean;
  /** The member at a path of names, `default` left out; `undefined` when it is not modelled. */
  readonly member: (realm: Realm, module: string, path: readonly string[], source: SourceRange) => Value | undefined;
}

/** Steps of one evaluation, about a second of work; a usual configuration takes some thousand. */
const FUEL = 1_000_000;
/** Rounds of a loop of unknown length, after which what it changes has become unknown. */
const ROUNDS = 3;
const DEEPEST_CALL = 120;
/** How often a function may call itself, each time under a further doubt, before it is taken to do so any number of times. */
const DEEPEST_DOUBT = 3;
const DEEPEST_EXPRESSION = 600;
/** Expressions around calls within calls. */
const DEEPEST_SURROUNDING = 250;

/** Ends an evaluation that does not come to an end by itself; nothing in the evaluated program can catch it. */
export class OutOfFuel extends Error {}

/** A value thrown by the evaluated program. */
export class ThrowSignal {
  readonly value: Value;
  constructor(value: Value) {
    this.value = value;
  }

  /** What the thrown error says, as far as it is known. */
  get message(): string {
    if (this.value.kind === "object" && this.value.slots.type === "error" && this.value.slots.told !== undefined)
      return this.value.slots.told;
    const told = this.value.kind === "object" ? this.value.properties.get("message")?.value : this.value;
    return told?.kind === "primitive" && told.unset === undefined ? String(told.data) : "an error is thrown";
  }
}

interface Region {
  readonly start: number;
  readonly reason: UnknownValue;
  readonly outer: Region | undefined;
}

/** A call of a function that is under way. */
interface Running {
  readonly region: Region | undefined;
  /** Doubts that have come up since the first of the function's calls. */
  readonly doubts: number;
}

export class Realm {
  readonly db: Db;
  readonly world: EvaluationWorld;
  readonly packages: readonly PackageModel[];
  readonly modules = new Map<FilePath, ModuleRecord>();
  readonly files = new Set<FilePath>();
  /** Functions of the workspace that were called at least once, by their syntax node. */
  readonly called = new Set<object>();
  /** Functions that were made, in order, to be called when nothing else calls them. */
  readonly closures: ObjectValue[] = [];
  /** Whether the result may differ in another mode or command. */
  modeRead = false;
  /** Variables of the environment that were asked for, and the texts they were compared with. */
  readonly variablesRead = new Map<string, Set<string>>();
  /** Things that went wrong, the first hundred. */
  readonly problems: { readonly reason: string; readonly source: SourceRange }[] = [];
  /** Something in the current `try` may throw. */
  mayThrow: UnknownValue | undefined;
  tryDepth = 0;
  /** Where values come from, when that is to be told. */
  trace: Trace | undefined;
  /** Calls that fail are values that are not known. */
  tolerant = false;
  /** Gives what takes back the records of an attempt that has failed. */
  checkpoint: (() => () => void) | undefined;
  /** The call whose result is dropped by the statement that is being run. */
  detachedCall: object | undefined;
  /** What code that is not evaluated has been handed. */
  readonly handed: Handed[] = [];
  /** Steps left for calls by such code: applications hand out most of their own, configurations little. */
  handedFuel = 20_000;
  /** Functions that are being called for such code, by their syntax nodes. */
  readonly exercised = new Set<object>();
  /** Someone waits for the promises that are made. */
  isWaiting = false;
  /** Where the names stand that all modules have. */
  globals: Scope | undefined;
  /** Code runs for its effects alone: calls that it makes do not count. */
  aside = false;
  /** `.env` files that were loaded, or would be. */
  dotEnv: Map<string, Value> | undefined;
  /** Why variables of the environment are not known: a `.env` file that is not read. */
  hiddenEnv: UnknownValue | undefined;
  readonly cache = new Map<string, Value>();
  #fuel = FUEL;
  #callDepth = 0;
  #expressionDepth = 0;
  /** Expressions around the current call, in those that have led to it. */
  #surrounding = 0;
  #region: Region | undefined;
  #regionCount = 0;
  #repeating = false;
  /** The innermost call of each function that is under way, by its syntax node. */
  readonly #running = new Map<object, Running>();

  constructor(db: Db, world: EvaluationWorld, packages: readonly PackageModel[]) {
    this.db = db;
    this.world = world;
    this.packages = packages;
  }

  burn(steps = 1): void {
    this.#fuel -= steps;
    if (this.#fuel < 0) throw new OutOfFuel(`stopped after ${FUEL} steps`);
  }

  /** Gives the steps that reading the results takes, after an evaluation that used up its own. */
  refuel(): void {
    this.#fuel = FUEL;
  }

  get fuel(): number {
    return this.#fuel;
  }

  /** Runs something with a smaller allowance; gives whether it came to an end within it. */
  withAllowance(steps: number, run: () => void): boolean {
    const rest = this.#fuel - steps;
    if (rest < 0) return false;
    this.#fuel = steps;
    try {
      run();
      return true;
    } catch (error) {
      if (error instanceof OutOfFuel) return false;
      throw error;
    } finally {
      this.#fuel += rest;
    }
  }

  get stamp(): number {
    return this.#regionCount;
  }

  object(slots: Slots, source: SourceRange, prototype: ObjectValue | null = null): ObjectValue {
    return new ObjectValue(slots, prototype, source, this.#regionCount);
  }

  plain(source: SourceRange): ObjectValue {
    return this.object({ type: "plain" }, source);
  }

  array(items: Value[], source: SourceRange): ObjectValue {
    return this.object({ type: "array", items }, source);
  }

  native(name: string, source: SourceRange, call: import("./value.ts").NativeFunction): ObjectValue {
    return this.object({ type: "native", name, call }, source);
  }

  /** Why a write to something made at `born` may not happen; `undefined` when it surely does. */
  doubt(born: number): UnknownValue | undefined {
    const region = this.#region;
    if (region === undefined || born >= region.start) return undefined;
    for (let outer: Region | undefined = region; outer !== undefined && born < outer.start; outer = outer.outer) {
      if (outer.reason.repeated) return { ...region.reason, repeated: true };
    }
    return region.reason;
  }

  /** Why the running code may not run at all. */
  get uncertain(): UnknownValue | undefined {
    let region = this.#region;
    while (region?.reason.deferred) region = region.outer;
    return region?.reason;
  }

  /** Runs code that may not run at all. */
  inUncertainRegion<T>(reason: UnknownValue, run: () => T): T {
    const outer = this.#region;
    this.#region = { start: ++this.#regionCount, reason, outer };
    try {
      return run();
    } finally {
      this.#region = outer;
      this.#regionCount++;
    }
  }

  /** Runs code that may not run at all; what it throws may be thrown, and gives `undefined`. */
  doubtfully<T>(reason: UnknownValue, run: () => T): T | undefined {
    try {
      return this.inUncertainRegion(reason, run);
    } catch (error) {
      if (!(error instanceof ThrowSignal)) throw error;
      if (this.tryDepth > 0) this.mayThrow ??= reason;
      return undefined;
    }
  }

  /**
   * Runs code that has to succeed for the build to work. What it throws, it throws because of something that is not here
   * (a generated file, a package): it runs once more, and calls that fail are then values that are not known.
   */
  persistently<T>(run: () => T): T {
    const undo = this.checkpoint?.();
    try {
      return run();
    } catch (error) {
      if (!(error instanceof ThrowSignal) || this.tolerant || this.tryDepth > 0) throw error;
    }
    undo?.();
    this.tolerant = true;
    try {
      return run();
    } finally {
      this.tolerant = false;
    }
  }

  /** Runs a call, which may fail where failing is tolerated. */
  tolerably(source: SourceRange, run: () => Value): Value {
    if (!this.tolerant || this.tryDepth > 0) return run();
    try {
      return run();
    } catch (error) {
      if (!(error instanceof ThrowSignal)) throw error;
      return this.problem(`this call fails: ${error.message}`, source);
    }
  }

  /** Runs code that may run any number of times, often enough that its writes are seen by its own reads. */
  repeatedly(reason: UnknownValue, run: () => void): void {
    const rounds = this.#repeating ? 1 : ROUNDS;
    const nested = this.#repeating;
    this.#repeating = true;
    try {
      this.inUncertainRegion({ ...reason, repeated: true }, () => {
        for (let round = 0; round < rounds; round++) this.doubtfully(reason, run);
      });
    } finally {
      this.#repeating = nested;
    }
  }

  /** Runs something that gives a promise which is waited for. */
  waiting<T>(run: () => T): T {
    const outer = this.isWaiting;
    this.isWaiting = true;
    try {
      return run();
    } finally {
      this.isWaiting = outer;
    }
  }

  /** Runs code that others may call at any time, any number of times. Only what it changes matters. */
  runAside(reason: UnknownValue, run: () => void): void {
    const { aside, trace } = this;
    const [closures, problems] = [this.closures.length, this.problems.length];
    this.aside = true;
    this.trace = undefined;
    try {
      this.repeatedly(reason, run);
    } finally {
      this.aside = aside;
      this.trace = trace;
      this.closures.length = closures;
      this.problems.length = problems;
    }
  }

  /** Runs a call, unless calls are nested too deeply. */
  enterCall(source: SourceRange, run: () => Value): Value {
    const expressionDepth = this.#expressionDepth;
    // Expressions around a call take stack too.
    if (this.#callDepth >= DEEPEST_CALL || this.#surrounding + expressionDepth >= DEEPEST_SURROUNDING)
      return unknown(`calls are nested deeper than ${this.#callDepth}`, source);
    this.#callDepth++;
    this.#surrounding += expressionDepth;
    this.#expressionDepth = 0;
    try {
      return run();
    } finally {
      this.#callDepth--;
      this.#surrounding -= expressionDepth;
      this.#expressionDepth = expressionDepth;
    }
  }

  /**
   * Runs a function's body with its arguments. One that calls itself under ever further doubts, as over a graph that is not
   * known, comes to no end: what its calls write is then not known.
   */
  runBody(node: object, args: readonly Value[], source: SourceRange, run: (args: readonly Value[]) => Value): Value {
    const outer = this.#running.get(node);
    const doubts = outer === undefined ? 0 : outer.doubts + (outer.region === this.#region ? 0 : 1);
    const endless = (): UnknownValue => unknown("it calls itself any number of times", source, { inputs: args });
    if (doubts > DEEPEST_DOUBT) return endless();
    this.#running.set(node, { region: this.#region, doubts });
    try {
      if (doubts < DEEPEST_DOUBT) return run(args);
      const reason = endless();
      const others = args.map((arg) => (arg.kind === "primitive" ? reason : arg));
      this.repeatedly(reason, () => void run(others));
      return reason;
    } finally {
      if (outer === undefined) this.#running.delete(node);
      else this.#running.set(node, outer);
    }
  }

  /** Counts one expression, unless expressions are nested too deeply. Each success is followed by a `leaveExpression`. */
  enterExpression(): boolean {
    this.burn();
    if (this.#expressionDepth >= DEEPEST_EXPRESSION) return false;
    this.#expressionDepth++;
    return true;
  }

  leaveExpression(): void {
    this.#expressionDepth--;
  }

  /** Records that the code is not understood or fails, and gives the value that stands for it. */
  problem(reason: string, source: SourceRange): UnknownValue {
    if (this.problems.length < 100) this.problems.push({ reason, source });
    return unknown(reason, source);
  }

  /** An exception of the evaluated program. */
  throwError(name: string, message: string, source: SourceRange): never {
    const error = this.object({ type: "error", told: message }, source);
    const set = (key: string, value: Value): void => {
      error.properties.set(key, { value, keySource: source, hidden: true });
    };
    set("message", unknown("the message of an error", source, { text: true }));
    set("name", primitive(name, source));
    set("stack", unknown("the stack of an error", source, { text: true }));
    throw new ThrowSignal(error);
  }

  /** Names in a folder of the workspace; `undefined` when there is none. */
  directoryNames(directory: FilePath): readonly string[] | undefined {
    const entries = this.db.get(directoryEntries, directory);
    return entries === undefined ? undefined : [...entries.keys()].sort();
  }

  /** A variable of the environment that nothing has set. */
  missingVariable(name: string, source: SourceRange): Value {
    return this.world.assumesNothing ? unknown(`depends on ${name}`, source) : unsetVariable(name, source);
  }

  readVariable(name: string): void {
    if (!this.variablesRead.has(name)) this.variablesRead.set(name, new Set());
  }
}
