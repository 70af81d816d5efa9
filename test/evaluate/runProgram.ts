/** Runs a program both ways: by the evaluator, and by Node in a fresh context. */
import vm from "node:vm";
import { configExport, loadModule } from "../../server/src/evaluate/module.ts";
import { packageModels } from "../../server/src/evaluate/packages/index.ts";
import { Realm } from "../../server/src/evaluate/realm.ts";
import type { Value } from "../../server/src/evaluate/value.ts";
import { Database } from "../../server/src/query/database.ts";
import { MemoryHost } from "../../server/src/vfs/memoryHost.ts";
import { createWorld, type World } from "../../server/src/vfs/vfs.ts";

/** Evaluates files as one workspace; the first is the configuration. */
export function evaluateFiles(
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): { realm: Realm; value: Value } {
  const placed = Object.fromEntries(Object.entries(files).map(([path, text]) => [`/ws${path}`, text]));
  const db = new Database<World>(createWorld(new MemoryHost(placed)));
  const world = {
    mode: "development",
    command: "serve",
    env,
    readDotEnv: false,
    cwd: "/",
    context: "/",
    workspaceRoot: "/",
  } as const;
  const realm = new Realm(db, world, packageModels);
  const record = loadModule(realm, Object.keys(placed)[0]!);
  if (record === undefined) throw new Error("the file is missing");
  return { realm, value: configExport(realm, record) };
}

const globals: Record<string, unknown> = { structuredClone };
const context = vm.createContext(globals);

/** What Node's `module.exports` is; `undefined` when the program throws or takes too long. */
export function runInNode(
  program: string,
  mystery: Readonly<Record<string, unknown>>,
): { readonly exports: unknown } | undefined {
  const module: { exports: unknown } = { exports: {} };
  globals.module = module;
  globals.require = () => structuredClone(mystery);
  try {
    const text = `"use strict"; ((module, require) => { ${program} })(module, require);`;
    vm.runInContext(text, context, { timeout: 250 });
  } catch {
    return undefined;
  }
  return { exports: module.exports };
}
