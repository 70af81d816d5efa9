/**
 * What the rules say that the 2.x runtime prints, against what it does print: each situation is brought about in the real
 * runtime, in Node, with hooks in the place of a network.
 */
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import { rules } from "../../server/src/rules/index.ts";

interface Instance {
  loadRemote(id: string): Promise<unknown>;
  loadShareSync(key: string, options?: object): unknown;
  initOptions(options: object): void;
}

interface Runtime {
  readonly createInstance: (options: object) => Instance;
  readonly loadRemote: (id: string) => Promise<unknown>;
}

// The runtime writes its last error into the working directory.
const before = process.cwd();
const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "fedlens-messages-"));
process.chdir(folder);
afterAll(() => {
  process.chdir(before);
  fs.rmSync(folder, { recursive: true });
});

const requireHere = createRequire(import.meta.url);
const runtime = requireHere("@module-federation/runtime") as Runtime;
const { runtimeDescMap } = requireHere("@module-federation/error-codes") as {
  readonly runtimeDescMap: Readonly<Record<string, string>>;
};

const SCRIPT = "http://localhost:1/remoteEntry.js";
for (const name of ["warn", "error"] as const) vi.spyOn(console, name).mockImplementation(() => undefined);
let instances = 0;

/** Each once: the runtime keeps those that it has read, also those that were wrong. */
function manifest(): string {
  return `http://localhost:1/${instances}/mf-manifest.json`;
}

/** A host with one remote; `hooks` are those of a runtime plugin. */
function host(remote: object = {}, hooks: object = {}, shared: object = {}): Instance {
  const plugin = { name: "test", ...hooks };
  const name = `host${instances++}`;
  return runtime.createInstance({
    name,
    remotes: [{ name: `shop${instances}`, alias: "shop", ...remote }],
    shared,
    plugins: [plugin],
  });
}

async function messageOf(act: () => unknown): Promise<string> {
  try {
    await act();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("nothing was thrown");
}

const answer = (json: object) => ({ fetch: async () => new Response(JSON.stringify(json)) });
const entry = (exports: object) => ({ loadEntry: async () => exports });
const late = { kit: { version: "1.0.0", get: async () => () => ({}), shareConfig: { requiredVersion: "^1.0.0" } } };

const SITUATIONS: Readonly<Record<string, () => unknown>> = {
  "RUNTIME-002": () => host({ entry: SCRIPT }, entry({ get: () => undefined })).loadRemote("shop/Cart"),
  "RUNTIME-003": () =>
    host({ entry: manifest() }, { fetch: async () => new Response("<!doctype html>") }).loadRemote("shop/Cart"),
  "RUNTIME-004": () => host({ entry: SCRIPT }).loadRemote("nobody/Cart"),
  // No bundle asks so: a shared module that is asked for too early ends with the next.
  "RUNTIME-005": () => host({ entry: SCRIPT }, {}, late).loadShareSync("kit", { from: "build" }),
  "RUNTIME-006": () => host({ entry: SCRIPT }, {}, late).loadShareSync("kit"),
  "RUNTIME-007": () => host({ version: "1.0.0" }).loadRemote("shop/Cart"),
  "RUNTIME-009": () => runtime.loadRemote("shop/Cart"),
  "RUNTIME-010": () => host({ entry: SCRIPT }).initOptions({ name: "another", remotes: [] }),
  "RUNTIME-011": () =>
    host(
      { entry: manifest() },
      answer({
        metaData: { name: "shop", publicPath: "/", buildInfo: {}, remoteEntry: {}, types: {} },
        exposes: [],
        shared: [],
      }),
    ).loadRemote("shop/Cart"),
  "RUNTIME-013": () => host({ entry: manifest() }, answer({ name: "shop" })).loadRemote("shop/Cart"),
  "RUNTIME-014": () =>
    host({ entry: SCRIPT }, entry({ init: () => undefined, get: () => undefined })).loadRemote("shop/Cart"),
  "RUNTIME-015": () =>
    host(
      { entry: SCRIPT },
      entry({
        init: () => {
          throw new Error("no");
        },
      }),
    ).loadRemote("shop/Cart"),
};

/** A browser as far as the loader needs one; each script ends with the event. */
async function inBrowser(event: "load" | "error", act: () => unknown): Promise<string> {
  const script: Record<string, unknown> = { getAttribute: () => null, setAttribute: () => undefined };
  const end = () => (script[`on${event}`] as (ending: object) => void)({ type: event });
  vi.stubGlobal("ENV_TARGET", "web");
  vi.stubGlobal("HTMLScriptElement", class {});
  vi.stubGlobal("document", {
    getElementsByTagName: () => [],
    createElement: () => script,
    head: { appendChild: () => queueMicrotask(end) },
  });
  try {
    return await messageOf(act);
  } finally {
    vi.unstubAllGlobals();
  }
}

/** All that a rule tells people. */
const texts = rules.flatMap(({ id, docs, examples }) => [
  [
    id,
    [docs.what, docs.why, docs.how, ...examples.map(({ files }) => files)].join("\n").replaceAll("\\`", "`"),
  ] as const,
]);

describe("messages of the 2.x runtime", () => {
  test.each(Object.keys(SITUATIONS))("%s is printed in that situation", async (code) => {
    const message = await messageOf(SITUATIONS[code]!);
    expect(message).toContain(`[ Federation Runtime ]: ${runtimeDescMap[code]} #${code}\n`);
  });

  test.each([
    ["RUNTIME-001", "load"],
    ["RUNTIME-008", "error"],
  ] as const)("%s is printed when a script ends with %s", async (code, event) => {
    const message = await inBrowser(event, () => host({ entry: SCRIPT }).loadRemote("shop/Cart"));
    expect(message).toContain(`[ Federation Runtime ]: ${runtimeDescMap[code]} #${code}\n`);
  });

  test("rules name codes that there are, and quote their texts word for word", () => {
    const quoted = texts.flatMap(([id, text]) => [...text.matchAll(/RUNTIME-\d{3}/g)].map(([code]) => `${id} ${code}`));
    expect(quoted.length).toBeGreaterThan(5);
    for (const item of quoted) expect(Object.keys(runtimeDescMap), item).toContain(item.split(" ")[1]);
    const worded = texts.flatMap(([id, text]) =>
      [...text.matchAll(/([^`\n]*) #(RUNTIME-\d{3})/g)].map(([, words, code]) => [id, words!, code!] as const),
    );
    expect(worded.length).toBeGreaterThan(3);
    for (const [id, words, code] of worded) expect(words.endsWith(runtimeDescMap[code]!), `${id} ${words}`).toBe(true);
  });
});
