/** Standard output carries a command's document and nothing else; progress goes to standard error, for people only. */
import fs from "node:fs";
import type { IndexProgress } from "../ide/workspace.ts";

/** Standard output may be a pipe that takes a part at a time. */
export function print(text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += fs.writeSync(1, bytes, at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // The reader has seen enough: `fedlens check | head`.
      if (code === "EPIPE") return;
      if (code !== "EAGAIN") throw error;
    }
  }
}

export function printJson(document: unknown): void {
  print(`${JSON.stringify(document, null, 2)}\n`);
}

/** Runs a job to its end, on one line of a terminal; without a terminal in silence. */
export function runWithProgress(steps: Iterable<IndexProgress>): void {
  const shown = process.stderr.isTTY === true;
  for (const { done, total, message } of steps) {
    if (shown) process.stderr.write(`\r\u001b[K${message} ${done}/${total}`);
  }
  if (shown) process.stderr.write("\r\u001b[K");
}
