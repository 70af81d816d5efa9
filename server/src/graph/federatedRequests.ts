/**
 * Which requests of a build are shared or lead to remotes, by file. A build's connections stand file by file, nearly all:
 * it is enough to know where those of a file begin.
 */
import { append } from "../base/append.ts";
import type { FilePath } from "../vfs/path.ts";
import type { ContainerId } from "./container.ts";
import type { Connection, ContainerGraph, GraphModule } from "./module.ts";

/** A connection from a file to a consume-shared or remote module. */
export type FederatedConnection = Connection & { readonly to: string };

const NONE: readonly FederatedConnection[] = [];

export class FederatedRequests {
  readonly #container: ContainerId;
  readonly #modules: ReadonlyMap<string, GraphModule>;
  readonly #connections: readonly Connection[];
  /** Index of the first connection of the run in which a file's first federated one stands. */
  readonly #runs = new Map<FilePath, number>();
  /** What was followed later than the rest of its file. */
  readonly #later = new Map<FilePath, FederatedConnection[]>();

  constructor({ container, modules, connections }: ContainerGraph) {
    this.#container = container;
    this.#modules = modules;
    this.#connections = connections;
    let run = 0;
    let isFile = false;
    for (const [index, connection] of connections.entries()) {
      const { from } = connection;
      if (index === 0 || connections[index - 1]!.from !== from) {
        run = index;
        isFile = modules.get(from)?.type === "normal";
      }
      if (!isFile || !this.#isFederated(connection)) continue;
      const known = this.#runs.get(from);
      if (known === undefined) this.#runs.set(from, run);
      else if (known !== run) append(this.#later, from, connection);
    }
  }

  #isFederated(connection: Connection): connection is FederatedConnection {
    const module = connection.to === undefined ? undefined : this.#modules.get(connection.to);
    // What a further plugin instance brings to the build is its own container's.
    return (module?.type === "consume-shared" || module?.type === "remote") && module.container === this.#container;
  }

  /** Every file with such a request. */
  files(): Iterable<FilePath> {
    return this.#runs.keys();
  }

  has(file: FilePath): boolean {
    return this.#runs.has(file);
  }

  of(file: FilePath): readonly FederatedConnection[] {
    const start = this.#runs.get(file);
    if (start === undefined) return NONE;
    let end = start;
    while (this.#connections[end]?.from === file) end++;
    const run = this.#connections.slice(start, end).filter((connection) => this.#isFederated(connection));
    return [...run, ...(this.#later.get(file) ?? NONE)];
  }
}
