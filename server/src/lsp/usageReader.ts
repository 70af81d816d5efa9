/**
 * Works out in the background what is used of what is shared, once somebody has asked for it: every module's syntax tree
 * is read for that, which takes far longer than all the rest. Small workspaces do not wait to be asked.
 */
import type { Connection } from "vscode-languageserver";
import { prepareUsage } from "../usage/sharedUsage.ts";
import type { Db } from "../vfs/vfs.ts";
import { type Job, runJob } from "./schedule.ts";

/** Modules of a workspace that is read unasked: a second's work or two. */
const SMALL = 500;

export class UsageReader {
  readonly #connection: Connection;
  #job: Job | undefined;
  #wanted = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Somebody has asked for what is not known yet. */
  want(db: Db): void {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#read(db);
  }

  /** The workspace has been looked through; what was known may have to be worked out again. */
  refresh(db: Db, modules: number): void {
    if (modules <= SMALL) this.#wanted = true;
    if (this.#wanted) this.#read(db);
  }

  #read(db: Db): void {
    this.#job?.stop();
    this.#job = runJob(
      prepareUsage(db),
      () => {},
      () => {},
      (error) => this.#connection.console.error(`the usage could not be worked out: ${String(error)}`),
    );
  }
}
