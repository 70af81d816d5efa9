/** Evaluates one configuration file in one world, and gives the federation instances that it makes. */
import { callValue } from "../evaluate/call.ts";
import { configExport, loadModule } from "../evaluate/module.ts";
import { packageModels } from "../evaluate/packages/index.ts";
import { type EvaluationWorld, OutOfFuel, Realm, ThrowSignal } from "../evaluate/realm.ts";
import { isPackageEntry } from "../evaluate/resolveRequest.ts";
import type { Trace } from "../evaluate/trace.ts";
import { isCallable, type ObjectValue, primitive, unknown, type Value } from "../evaluate/value.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db } from "../vfs/vfs.ts";
import type { ReceiverCall } from "./adapter.ts";
import { adapters } from "./adapters.ts";
import { kindOfCandidate } from "./candidates.ts";
import { exploreConfig, type OptionsFound } from "./exploreConfig.ts";
import { bundlerConfig } from "./hookArguments.ts";
import { receiverModel } from "./receiverModel.ts";
import { packageFolder } from "./startFolders.ts";
import { isOptionsFile, toolOfFile } from "./tools.ts";

export interface EvaluatedFile {
  readonly realm: Realm;
  readonly exported: Value;
  /** Calls of receivers, in the order in which they happen. */
  readonly calls: readonly ReceiverCall[];
  /** Build configurations that the file gives to its tool. */
  readonly configs: readonly ObjectValue[];
  /** The calls happen in functions that nothing in the file calls. */
  readonly isUncalled: boolean;
  /** Why evaluation ended early: nothing it found is certain. */
  readonly stopped: string | undefined;
}

const MENTIONS = /ederation|Shared|shared|remotes|exposes/;

/** Steps of a function that is called without its real arguments. */
const UNCALLED_STEPS = 20_000;

/** Loads the file as its tool would. Never throws. */
export function evaluateFile(db: Db, file: FilePath, world: EvaluationWorld, trace?: Trace): EvaluatedFile {
  const calls: ReceiverCall[] = [];
  const realm = new Realm(db, world, [receiverModel(adapters, calls), ...packageModels]);
  realm.trace = trace;
  realm.checkpoint = () => {
    const { length } = calls;
    return () => {
      calls.length = length;
    };
  };
  let exported: Value = unknown("the file is not evaluated", { file, range: { start: 0, end: 0 } });
  const configs: ObjectValue[] = [];
  let isUncalled = false;
  let stopped: string | undefined;
  try {
    const record = loadModule(realm, file);
    if (record !== undefined) {
      exported = configExport(realm, record);
      const found: OptionsFound = (receiver, options) => {
        const call = { self: options, args: [options], source: options.source, openArgs: undefined, construct: false };
        calls.push({ receiver, module: receiver.name, options, call, instance: options, doubtful: false });
      };
      if (!isLibrary(db, file, world)) {
        if (!isOptionsFile(file) || calls.length === 0)
          configs.push(...exploreConfig(realm, exported, toolOfFile(file), found));
        if (calls.length === 0) {
          callUncalled(realm, file, calls);
          isUncalled = calls.length > 0;
        }
      }
    }
  } catch (error) {
    if (error instanceof OutOfFuel) stopped = error.message;
    else if (error instanceof RangeError) stopped = "the evaluation is nested too deeply";
    else if (!(error instanceof ThrowSignal)) throw error;
  }
  realm.refuel();
  return { realm, exported, calls, configs, isUncalled, stopped };
}

/**
 * Whether no tool loads the file, but others import it as their package: its functions make configurations of those that
 * call them, from what these give it.
 */
function isLibrary(db: Db, file: FilePath, { workspaceRoot }: EvaluationWorld): boolean {
  return (
    isPackageEntry(db, packageFolder(db, workspaceRoot, file), file) &&
    kindOfCandidate(db, workspaceRoot, file) === "mention"
  );
}

/** Functions of the file that nothing has called, though they speak of federation: hooks of tools that are not known. */
function callUncalled(realm: Realm, file: FilePath, calls: readonly ReceiverCall[]): void {
  const record = realm.modules.get(file);
  if (record === undefined || !MENTIONS.test(record.tree.text)) return;
  for (let index = 0; index < realm.closures.length && index < 200; index++) {
    const closure = realm.closures[index]!;
    if (closure.slots.type !== "function") continue;
    const { node, scope } = closure.slots.closure;
    if (scope.module !== record || realm.called.has(node) || !MENTIONS.test(record.tree.text.slice(node.pos, node.end)))
      continue;
    const args = node.parameters.map((_, position) =>
      position === 0 ? bundlerConfig(realm, closure.source) : unknown("an argument that is not known", closure.source),
    );
    if (!isCallable(closure)) continue;
    try {
      const run = (): void => {
        callValue(realm, closure, primitive(undefined, closure.source), args, closure.source);
      };
      if (!realm.withAllowance(UNCALLED_STEPS, run)) return;
    } catch (error) {
      if (!(error instanceof ThrowSignal)) throw error;
    }
    if (calls.length > 0) return;
  }
}
