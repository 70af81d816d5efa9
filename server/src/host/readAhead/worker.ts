/**
 * A thread that reads the files of a workspace while another is busy with something else: from the last to the first, so
 * that both meet in the middle. It knows the short way to facts only; what needs a syntax tree is left out.
 */
import { type MessagePort, workerData } from "node:worker_threads";
import { relevance } from "../../bundlers/relevance.ts";
import { workspaceTree } from "../../evaluate/workspaceTree.ts";
import { Database } from "../../query/database.ts";
import { outlineOf } from "../../syntax/outline.ts";
import { scanModule } from "../../syntax/scanModule.ts";
import type { Host } from "../../vfs/host.ts";
import type { FilePath } from "../../vfs/path.ts";
import { createWorld } from "../../vfs/vfs.ts";
import { createNodeHost } from "../nodeHost.ts";
import { type FileAhead, RowWriter } from "./rows.ts";
import { claim, ENDED, type Message, MOST_FILES, SENT, type Task } from "./shared.ts";

/** Files between two messages: who waits for one of them does not wait long. */
const FILES_A_MESSAGE = 16;

function lookAt(host: Host, file: FilePath): FileAhead | undefined {
  const content = host.readFile(file);
  if (content.kind !== "text") return { relevance: undefined, outline: undefined };
  const extracted = scanModule(content.text);
  if (extracted === undefined) return undefined;
  return { relevance: relevance(content.text), outline: outlineOf(extracted) };
}

function readAhead({ root, claims: memory }: Task, port: MessagePort): void {
  const claims = new Int32Array(memory);
  const send = (message: Message): void => {
    port.postMessage(message);
    Atomics.add(claims, SENT, 1);
    Atomics.notify(claims, SENT);
  };
  const host = createNodeHost();
  const files = workspaceTree(new Database(createWorld(host)), root).sources;
  if (files.length <= MOST_FILES) {
    send({ files });
    const rows = new RowWriter();
    let seen = 0;
    for (let index = files.length - 1; index >= 0; index--) {
      if (!claim(claims, index)) continue;
      rows.add(index, lookAt(host, files[index]!));
      if (++seen % FILES_A_MESSAGE === 0) send(rows.take());
    }
    send(rows.take());
  }
  Atomics.store(claims, ENDED, 1);
  Atomics.notify(claims, SENT);
}

const { task, port } = workerData as { readonly task: Task; readonly port: MessagePort };
readAhead(task, port);
