/** What the parts of one container's build share: the modules found so far, those still to visit, and what went wrong. */
import { isWithoutFunctions } from "../evaluate/evaluated.ts";
import { lockedVersion } from "../project/lockfile.ts";
import { type Resolution, type ResolveKind, resolveModule } from "../project/resolveModule.ts";
import { type FilePath, joinPath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { Db } from "../vfs/vfs.ts";
import type { Container } from "./container.ts";
import type { Activation } from "./lazyBarrels.ts";
import type { Connection, GraphModule, GraphProblem, NormalModule } from "./module.ts";
import { normalModule } from "./normalModule.ts";
import { resolveOptionsOf } from "./resolveOptions.ts";

/** Options that may be functions, which say what is part of the build. */
const DECIDING = ["externals", "module.noParse"];

const NO_LAYER: readonly undefined[] = [undefined];

/** A file whose own requests are still to be followed. */
interface Unvisited {
  readonly file: FilePath;
  readonly layer: string | undefined;
}

/** The graph under construction. */
export class BuildState {
  readonly db: Db;
  readonly container: Container;
  readonly modules = new Map<string, GraphModule>();
  /** Ids of consume-shared modules by all that tells them apart: plugin instances that want the same get the same one. */
  readonly consumeIds = new Map<string, string>();
  /** Ids of provide-shared modules by what the bundler itself tells them apart by. */
  readonly provideIds = new Map<string, string>();
  readonly connections: Connection[] = [];
  readonly problems: GraphProblem[] = [];
  readonly runtimeCallers = new Set<FilePath>();
  readonly #queue: (Unvisited | Activation)[] = [];
  #visited = 0;
  readonly #locked = new Map<FilePath, string>();
  /** Of files that are part of the build in some layer. */
  readonly #layers = new Map<FilePath, Set<string | undefined>>();
  /** False once something that the build depends on is unknown. */
  complete: boolean;
  /** The number of the `resolve` options, for `resolveModule`. */
  readonly optionsId: number;
  /** How often something was found wrong, the repeated ones included. */
  told = 0;
  readonly #warned = new Set<string>();

  constructor(db: Db, container: Container) {
    this.db = db;
    this.container = container;
    this.optionsId = resolveOptionsOf(container.config);
    const { entriesComplete, options } = container.config.build;
    this.complete =
      entriesComplete &&
      container.complete.shared &&
      container.complete.exposes &&
      DECIDING.every((name) => isWithoutFunctions(options.get(name)));
  }

  /**
   * With the `resolve` options of the container's configuration. A package that is not installed yet is taken to be
   * where the lockfile says that it will be.
   */
  resolve(request: string, directory: FilePath, kind: ResolveKind): Resolution {
    const resolved = resolveModule(this.db, request, directory, this.optionsId, kind);
    if (resolved !== "missing") return resolved;
    const name = /^(?:@[^/]+\/[^/?]+|[\w][^/?:]*)(?=\/|$)/.exec(request)?.[0];
    const locked = name === undefined ? undefined : lockedVersion(this.db, directory, name);
    if (name === undefined || locked === undefined) return "missing";
    const file = joinPath(locked.directory, `.${request.slice(name.length)}`);
    this.#locked.set(file, locked.version);
    return { file, manifest: undefined };
  }

  /** The version that an install will give a file's package; `undefined` for what is installed. */
  lockedVersionOf(file: FilePath): string | undefined {
    return this.#locked.get(file);
  }

  /** Tells each thing once. */
  problem(severity: "warning" | "error", subject: string, message: string, source: SourceRange | undefined): void {
    this.told++;
    if (this.#warned.has(`${subject}\0${message}`)) return;
    this.#warned.add(`${subject}\0${message}`);
    this.problems.push({ severity, subject, message, source });
  }

  /** The bundler stops before it builds anything. */
  refuse(message: string): void {
    this.complete = false;
    this.problem("error", "options", message, this.container.config.source);
  }

  /** In the order in which they were found, as bundlers do, with those that visiting them finds. */
  *takeUnvisited(): Generator<Unvisited | Activation> {
    while (this.#visited < this.#queue.length) yield this.#queue[this.#visited++]!;
  }

  /** A request that was left for later. */
  enqueue(activation: Activation): void {
    this.#queue.push(activation);
  }

  /** Adds the plain module of a file, to be visited in a layer, unless it has been. */
  addNormal(file: FilePath, layer: string | undefined): void {
    const known = this.modules.has(file);
    if (!known) this.modules.set(file, normalModule(this.db, file));
    if (known || layer !== undefined) {
      const layers = this.#layers.get(file) ?? new Set(known ? [undefined] : []);
      if (layers.has(layer)) return;
      this.#layers.set(file, layers.add(layer));
    }
    this.#queue.push({ file, layer });
  }

  /** Adds a plain module where no layers are. */
  addUsual(module: NormalModule): void {
    if (this.modules.has(module.id)) {
      if (this.#layers.has(module.file)) this.addNormal(module.file, undefined);
      return;
    }
    this.modules.set(module.id, module);
    this.#queue.push({ file: module.file, layer: undefined });
  }

  /** The layers in which a file is part of the build: its requests are followed in each. */
  layersOf(file: FilePath): Iterable<string | undefined> {
    return this.#layers.get(file) ?? NO_LAYER;
  }

  /** Of a file in several layers, a request that leads to the same module is one connection. */
  connect(connection: Connection): void {
    const { from, to, requestIndex } = connection;
    const again = (this.#layers.get(from)?.size ?? 0) > 1;
    const isKnown = (known: Connection): boolean =>
      known.from === from && known.to === to && known.requestIndex === requestIndex;
    if (!again || !this.connections.some(isKnown)) this.connections.push(connection);
  }
}
