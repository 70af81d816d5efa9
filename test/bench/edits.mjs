/** Latencies of a language server over stdio: what a person waits for after a keystroke, a hover, a config edit. */
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** A minimal JSON-RPC peer: requests are promises, notifications go to listeners. */
class Client {
  #next = 1;
  #pending = new Map();
  #buffer = Buffer.alloc(0);
  #listeners = new Set();

  constructor(node, cli, cwd) {
    this.child = spawn(node, [cli, "lsp", "--stdio"], { cwd, stdio: ["pipe", "pipe", "inherit"] });
    this.child.stdout.on("data", (chunk) => this.#read(chunk));
  }

  #read(chunk) {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const header = this.#buffer.indexOf("\r\n\r\n");
      if (header < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#buffer.subarray(0, header).toString("ascii"))[1]);
      if (this.#buffer.length < header + 4 + length) return;
      const message = JSON.parse(this.#buffer.subarray(header + 4, header + 4 + length).toString("utf8"));
      this.#buffer = this.#buffer.subarray(header + 4 + length);
      this.#receive(message);
    }
  }

  #receive(message) {
    if (message.method !== undefined && message.id !== undefined) {
      const result = message.method === "workspace/configuration" ? message.params.items.map(() => null) : null;
      this.#send({ jsonrpc: "2.0", id: message.id, result });
    } else if (message.method !== undefined) {
      for (const listener of this.#listeners) listener(message);
    } else {
      const pending = this.#pending.get(message.id);
      this.#pending.delete(message.id);
      if (message.error) pending.reject(new Error(message.error.message));
      else pending.resolve(message.result);
    }
  }

  #send(message) {
    const text = JSON.stringify(message);
    this.child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  request(method, params) {
    const id = this.#next++;
    this.#send({ jsonrpc: "2.0", id, method, params });
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }

  notify(method, params) {
    this.#send({ jsonrpc: "2.0", method, params });
  }

  /** The next notification that fits. */
  next(fits) {
    return new Promise((resolve) => {
      const listener = (message) => {
        if (!fits(message)) return;
        this.#listeners.delete(listener);
        resolve(message);
      };
      this.#listeners.add(listener);
    });
  }
}

function percentile(list, share) {
  const sorted = [...list].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

const uriOf = (file) => pathToFileURL(file).href;

/** Opens the workspace, waits for the index, then edits one source file and one config many times. */
export async function measureEdits(cli, root, node) {
  const client = new Client(node, cli, root);
  const began = performance.now();
  await client.request("initialize", {
    processId: process.pid,
    rootUri: uriOf(root),
    workspaceFolders: [{ uri: uriOf(root), name: "bench" }],
    capabilities: { textDocument: { publishDiagnostics: { versionSupport: true } } },
  });
  client.notify("initialized", {});
  for (;;) {
    const status = await client.request("federationLens/status", {});
    if (status.state === "ready") break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const ready = performance.now() - began;

  const edit = async (file, change, times) => {
    const uri = uriOf(file);
    const original = fs.readFileSync(file, "utf8");
    client.notify("textDocument/didOpen", {
      textDocument: { uri, languageId: "typescriptreact", version: 0, text: original },
    });
    await client.request("federationLens/status", {});
    const latencies = [];
    for (let version = 1; version <= times; version++) {
      const published = client.next(
        ({ method, params }) =>
          method === "textDocument/publishDiagnostics" && params.uri === uri && params.version === version,
      );
      const start = performance.now();
      client.notify("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: [{ text: change(original, version) }],
      });
      await published;
      latencies.push(performance.now() - start);
    }
    return latencies;
  };
  const page = path.join(root, "apps/app0/src/area0/part1.tsx");
  const source = await edit(
    page,
    (text, version) => `${text}export const typed${version % 7} = useState${version % 2};\n`,
    200,
  );
  const manifest = path.join(root, "apps/app0/package.json");
  const config = await edit(manifest, (text, version) => text.replace("^18.0.0", `^18.${version % 9}.0`), 30);
  const hovers = [];
  for (let at = 0; at < 50; at++) {
    const start = performance.now();
    await client.request("textDocument/hover", {
      textDocument: { uri: uriOf(page) },
      position: { line: 0, character: 30 },
    });
    hovers.push(performance.now() - start);
  }
  await client.request("shutdown", null);
  client.notify("exit");
  const of = (list, name) => ({
    [`${name} p50 ms`]: percentile(list, 0.5),
    [`${name} p95 ms`]: percentile(list, 0.95),
    [`${name} p99 ms`]: percentile(list, 0.99),
  });
  return { "ready ms": ready, ...of(source, "edit"), ...of(config, "package.json"), ...of(hovers, "hover") };
}
