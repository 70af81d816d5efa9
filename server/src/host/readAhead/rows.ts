/**
 * The outlines of many files as numbers, so that handing them from one thread to another costs next to nothing: each
 * distinct request is sent once, and a file is a row of its flags and the numbers of its requests.
 */
import type { Relevance } from "../../bundlers/relevance.ts";
import type { ModuleFacts, RequestFact } from "../../syntax/moduleFacts.ts";
import type { Outline } from "../../syntax/outline.ts";
import { sharedRequest } from "../../syntax/sharedRequests.ts";

/** What is found out of one file's text. */
export interface FileAhead {
  readonly relevance: Relevance;
  readonly outline: Outline | undefined;
}

export interface Rows {
  /** Requests that no rows before these held; their numbers go on from those. */
  readonly requests: readonly RequestFact[];
  readonly numbers: Int32Array;
}

const RELEVANCES: readonly Relevance[] = [undefined, "config", "runtime"];
const RUNTIMES = [undefined, "automatic", "classic"] as const;

/** Bits of a row's flags, above two for the relevance and two for the JSX runtime. */
const ESM = 16;
const HAS_JSX = 32;
const NAMES_REACT = 64;
const BROKEN = 128;
const NO_CODE = 256;
/** Whoever asks must look at the file. */
const LEFT_OUT = 512;

/** Numbers of a row before those of its requests. */
const HEAD = 4;

const NONE: readonly never[] = [];
const NO_FACTS: Pick<ModuleFacts, "requests"> = { requests: NONE };

export class RowWriter {
  readonly #known = new Map<RequestFact, number>();
  #requests: RequestFact[] = [];
  #numbers: number[] = [];

  /** A file of which nothing has been found out has a row too, so that nobody waits for it. */
  add(index: number, found: FileAhead | undefined): void {
    if (found === undefined || found.outline?.facts.jsxImportSource !== undefined) {
      this.#numbers.push(index, LEFT_OUT, 0, 0);
      return;
    }
    const { relevance, outline } = found;
    const facts = outline?.facts;
    const flags =
      RELEVANCES.indexOf(relevance) |
      (RUNTIMES.indexOf(facts?.jsxRuntime) << 2) |
      (facts?.esm ? ESM : 0) |
      (facts?.hasJsx ? HAS_JSX : 0) |
      (facts?.namesReact ? NAMES_REACT : 0) |
      (facts?.broken ? BROKEN : 0) |
      (facts === undefined ? NO_CODE : 0);
    const { facts: { requests } = NO_FACTS, doubtful = NONE } = outline ?? {};
    this.#numbers.push(index, flags, requests.length, doubtful.length);
    for (const request of requests) this.#numbers.push(this.#number(request));
    for (const doubted of doubtful) this.#numbers.push(requests.findIndex(({ specifier }) => specifier === doubted));
  }

  #number(request: RequestFact): number {
    const known = this.#known.get(request);
    if (known !== undefined) return known;
    const number = this.#known.size;
    this.#known.set(request, number);
    this.#requests.push(request);
    return number;
  }

  /** What was added since the last call. */
  take(): Rows {
    const rows = { requests: this.#requests, numbers: Int32Array.from(this.#numbers) };
    this.#requests = [];
    this.#numbers = [];
    return rows;
  }
}

export class RowReader {
  readonly #requests: RequestFact[] = [];

  /** `undefined` for a file that was left out. */
  *read({ requests, numbers }: Rows): Generator<readonly [index: number, file: FileAhead | undefined]> {
    for (const request of requests) this.#requests.push(sharedRequest(request));
    for (let at = 0; at < numbers.length; ) {
      const [index = 0, flags = 0, asked = 0, doubted = 0] = numbers.subarray(at, at + HEAD);
      const doubtsAt = at + HEAD + asked;
      yield [
        index,
        this.#file(flags, numbers.subarray(at + HEAD, doubtsAt), numbers.subarray(doubtsAt, doubtsAt + doubted)),
      ];
      at = doubtsAt + doubted;
    }
  }

  #file(flags: number, asked: Int32Array, doubted: Int32Array): FileAhead | undefined {
    if ((flags & LEFT_OUT) !== 0) return undefined;
    const relevance = RELEVANCES[flags & 3];
    if ((flags & NO_CODE) !== 0) return { relevance, outline: undefined };
    const requests = Array.from(asked, (number) => this.#requests[number]!);
    const facts = {
      requests,
      esm: (flags & ESM) !== 0,
      hasJsx: (flags & HAS_JSX) !== 0,
      namesReact: (flags & NAMES_REACT) !== 0,
      jsxImportSource: undefined,
      jsxRuntime: RUNTIMES[(flags >> 2) & 3],
      broken: (flags & BROKEN) !== 0,
    };
    const doubtful = doubted.length === 0 ? NONE : Array.from(doubted, (position) => requests[position]!.specifier!);
    return { relevance, outline: { facts, doubtful } };
  }
}
