/** Runs a program both ways: by the evaluator, and by Node in a context apart. */
import vm from "node:vm";
import { configExport, loadModule } from "../../server/src/evaluate/module.ts";
import { packageModels } from "../../server/src/evaluate/packages/index.ts";
import { Realm } from "../../server/src/evaluate/realm.ts";
import type { Value } from "../../server/src/evaluate/value.ts";
import { Database } from "../../server/src/query/database.ts";
import { MemoryHost } from "../../server/src/vfs/memoryHost.ts";
import { createWorld, type World } from "../../server/src/vfs/vfs.ts";
import { mysteryOf } from "./mystery.ts";

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

/** A program with the mysteries that it meets, one run each: see `mysteryOf`. */
export interface ProgramRuns {
  readonly program: string;
  readonly worlds: readonly number[];
}

/** What Node's `module.exports` is; `undefined` when the program throws or takes too long. */
export type NodeResult = { readonly exports: unknown } | undefined;

/** What the function of a program is called with, and whether it came to an end. */
interface Seat {
  readonly module: { exports: unknown };
  readonly mystery: Readonly<Record<string, unknown>>;
  ended: boolean;
}

const ALLOWED_MS = 250;
const CALL =
  "(run, index) => { for (const seat of seats[index]) try { run(seat.module, () => seat.mystery); seat.ended = true; } catch {} }";

const globals: Record<string, unknown> = { structuredClone, setTimeout: () => 0, queueMicrotask: () => {} };
const context = vm.createContext(globals);

/** Runs programs one after the other; `undefined` when they are not all programs, or take too long. */
function runScript(programs: readonly ProgramRuns[]): readonly (readonly NodeResult[])[] | undefined {
  const seats = programs.map(({ worlds }) =>
    worlds.map((world): Seat => ({ module: { exports: {} }, mystery: mysteryOf(world), ended: false })),
  );
  globals.seats = seats;
  const functions = programs.map(({ program }) => `(function (module, require) { ${program} })`);
  try {
    const text = `"use strict";\n[${functions.join(",\n")}].forEach(${CALL});`;
    vm.runInContext(text, context, { timeout: ALLOWED_MS * seats.flat().length });
  } catch {
    return undefined;
  }
  return seats.map((runs) => runs.map(({ module, ended }) => (ended ? { exports: module.exports } : undefined)));
}

/** The results of a program's runs, in the order of its worlds. */
export function runInNode({ program, worlds }: ProgramRuns): readonly NodeResult[] {
  return worlds.map((world) => runScript([{ program, worlds: [world] }])?.[0]?.[0]);
}

/** Runs programs together, since a script of its own and a watch over it take longer than most programs. */
export function runAllInNode(programs: readonly ProgramRuns[]): readonly (readonly NodeResult[])[] {
  return runScript(programs) ?? programs.map(runInNode);
}
