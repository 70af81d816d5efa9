/**
 * Reads the files of a workspace in a second thread while the first loads the analysis and begins to ask. The analysis
 * stays synchronous: it takes what is there, looks at a file itself that nobody has begun with, and waits for the others.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import { RELEVANCE } from "../../bundlers/relevance.ts";
import { OUTLINE } from "../../syntax/outline.ts";
import type { FilePath } from "../../vfs/path.ts";
import { type FileAhead, RowReader } from "./rows.ts";
import { CLAIMS, claim, ENDED, type Message, MOST_FILES, SENT, type Task } from "./shared.ts";

/** Milliseconds without a message, after which the other thread is taken to be lost. */
const PATIENCE = 2000;

export class ReadAhead {
  /** When it began, in milliseconds since 1970. */
  readonly begun = Date.now();
  readonly #claims: Int32Array;
  readonly #port: MessagePort;
  readonly #worker: Worker;
  readonly #reader = new RowReader();
  #indexes: ReadonlyMap<FilePath, number> | undefined;
  /** By the index of the file; `undefined` for what was given away or has to be looked at here. */
  readonly #files = new Map<number, FileAhead | undefined>();
  #lost = false;

  constructor(script: string, root: FilePath) {
    const claims = new SharedArrayBuffer((CLAIMS + MOST_FILES) * Int32Array.BYTES_PER_ELEMENT);
    this.#claims = new Int32Array(claims);
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const task: Task = { root, claims };
    this.#worker = new Worker(script, { workerData: { task, port: port2 }, transferList: [port2] });
    // Whatever goes wrong there is done here.
    this.#worker.on("error", () => {});
    this.#worker.unref();
    this.#port.unref();
  }

  /** What inputs of the file are, by their names; `undefined` where nobody else has looked at it. */
  take(file: FilePath): ReadonlyMap<string, unknown> | undefined {
    if (this.#lost) return undefined;
    this.#receive();
    const index = this.#indexes?.get(file);
    if (index === undefined) return undefined;
    if (!this.#files.has(index) && !claim(this.#claims, index)) this.#await(index);
    const found = this.#files.get(index);
    this.#files.set(index, undefined);
    if (found === undefined) return undefined;
    return new Map<string, unknown>([
      [RELEVANCE, found.relevance],
      [OUTLINE, found.outline],
    ]);
  }

  #await(index: number): void {
    for (;;) {
      const sent = Atomics.load(this.#claims, SENT);
      const ended = Atomics.load(this.#claims, ENDED) === 1;
      this.#receive();
      if (this.#files.has(index) || ended) return;
      if (Atomics.wait(this.#claims, SENT, sent, PATIENCE) === "timed-out") {
        this.stop();
        return;
      }
    }
  }

  #receive(): void {
    for (let next = receiveMessageOnPort(this.#port); next !== undefined; next = receiveMessageOnPort(this.#port)) {
      const message = next.message as Message;
      if ("files" in message) this.#indexes = new Map(message.files.map((file, index) => [file, index]));
      else for (const [index, found] of this.#reader.read(message)) this.#files.set(index, found);
    }
  }

  stop(): void {
    this.#lost = true;
    this.#port.close();
    void this.#worker.terminate();
  }
}

/** Begins to read a workspace, where there is a second processor to do it and the program's other part is at hand. */
export function readAhead(root: FilePath): ReadAhead | undefined {
  const script = path.join(__dirname, "readAhead.js");
  return os.availableParallelism() > 1 && fs.existsSync(script) ? new ReadAhead(script, root) : undefined;
}
