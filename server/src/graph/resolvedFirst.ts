/**
 * Which of several requests for one file webpack resolves first: the share key of the provided file depends on it. A module
 * asks for everything at once, and a package is looked for once for all that ask in the meantime; these are told apart by
 * what is left to do then: a file that is named in full is found first. Only builds with such a file ask.
 */
import { append } from "../base/append.ts";
import { isAbsolutePath } from "../vfs/path.ts";
import { ASYNCHRONOUS, type Connection } from "./module.ts";

/** Looking for the folder of a package and reading its manifest, in steps of about one file access. */
const PACKAGE_STEPS = 4;

/** From a resolved file to the requests of its text. */
const BUILD_STEPS = 2;

/** A loader comes first for what no bundler reads as it is. */
const LOADER_STEPS = 4;

const NEEDS_LOADER = /\.(?:[cm]?ts|[jt]sx)$/;
const NAMED_IN_FULL = /\.(?:[cm]?[jt]sx?|json)$/;
const PACKAGE_NAME = /^(?:@[^/]+\/)?[^./@][^/]*/;

/** From the folder that a request starts in to the file. Another extension that is tried first makes a full name no shorter. */
function fileSteps(request: string, replaced: readonly string[]): number {
  if (request.startsWith("#")) return 4;
  if (!NAMED_IN_FULL.test(request)) return 2;
  return replaced.some((extension) => request.endsWith(extension)) ? 3 : 1;
}

/** Remote and shared modules have no text. */
function buildSteps(id: string): number {
  if (!isAbsolutePath(id)) return 0;
  return NEEDS_LOADER.test(id) ? BUILD_STEPS + LOADER_STEPS : BUILD_STEPS;
}

/** What begins a chunk of its own is asked for last, from the last to the first. */
function inBlocks(connections: readonly Connection[]): readonly Connection[] {
  const isBlock = ({ dependencyType }: Connection): boolean => ASYNCHRONOUS.has(dependencyType);
  const blocks = connections.filter(isBlock);
  if (blocks.length === 0) return connections;
  return [...connections.filter((connection) => !isBlock(connection)), ...blocks.reverse()];
}

class Clock {
  readonly #outgoing = new Map<string, Connection[]>();
  /** The steps at which the packages that have been asked for are found, by name. */
  readonly #packages = new Map<string, number>();
  readonly #started = new Set<string>();
  /** Connections by the step at which their requests are resolved. */
  readonly #steps: (Connection[] | undefined)[] = [];
  readonly #replaced: readonly string[];

  constructor(connections: readonly Connection[], replaced: readonly string[]) {
    this.#replaced = replaced;
    for (const connection of connections) append(this.#outgoing, connection.from, connection);
  }

  *run(roots: Iterable<string>): Generator<Connection> {
    for (const root of roots) this.#start(root, 0);
    for (let step = 0; step < this.#steps.length; step++) {
      for (const connection of this.#steps[step] ?? []) {
        yield connection;
        if (connection.to !== undefined) this.#start(connection.to, step + buildSteps(connection.to));
      }
      this.#steps[step] = undefined;
    }
  }

  #start(id: string, step: number): void {
    if (this.#started.has(id)) return;
    this.#started.add(id);
    for (const connection of inBlocks(this.#outgoing.get(id) ?? [])) {
      const at = this.#resolvedAt(connection, step);
      this.#steps[at] ??= [];
      this.#steps[at].push(connection);
    }
  }

  #resolvedAt({ request, dependencyType }: Connection, step: number): number {
    // Resolved before, for the shared module.
    if (dependencyType === "consume shared fallback") return step;
    const name = PACKAGE_NAME.exec(request)?.[0];
    if (name === undefined) return step + fileSteps(request, this.#replaced);
    const found = this.#packages.get(name) ?? step + PACKAGE_STEPS;
    this.#packages.set(name, found);
    return Math.max(step, found) + fileSteps(request, this.#replaced);
  }
}

/**
 * The connections that entries and exposes lead to, in the order in which webpack resolves their requests. `replaced`:
 * extensions for which others are tried.
 */
export function resolvedInOrder(
  connections: readonly Connection[],
  roots: Iterable<string>,
  replaced: readonly string[] = [],
): Generator<Connection> {
  return new Clock(connections, replaced).run(roots);
}
