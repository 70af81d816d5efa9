/** One instance of a configuration, evaluated once more while remembering where its values come from. */

import type { Realm } from "../evaluate/realm.ts";
import { Trace } from "../evaluate/trace.ts";
import { type ObjectValue, objectsBehind, type Value } from "../evaluate/value.ts";
import type { FederationConfig } from "../model/federationConfig.ts";
import { query } from "../query/database.ts";
import type { FilePath } from "../vfs/path.ts";
import type { Db, World } from "../vfs/vfs.ts";
import type { ReceiverCall } from "./adapter.ts";
import { evaluateFile } from "./evaluateFile.ts";
import { optionsOfCalls } from "./federationConfig.ts";
import { worldTaken } from "./federationConfigs.ts";
import { exportedCalls } from "./optionsFile.ts";

export interface TracedInstance {
  readonly realm: Realm;
  readonly trace: Trace;
  readonly call: ReceiverCall;
  readonly options: Value;
}

const SEPARATOR = "\n";

const tracedFile = query<World, readonly TracedInstance[]>(
  "tracedConfig",
  (db, key) => {
    const [root, file] = key.split(SEPARATOR) as [FilePath, FilePath];
    const trace = new Trace();
    const evaluated = evaluateFile(db, file, worldTaken(db, root, file), trace);
    const { realm } = evaluated;
    const found = optionsOfCalls(evaluated);
    const instances =
      found.length > 0 ? found : optionsOfCalls({ ...evaluated, calls: exportedCalls(file, evaluated) });
    return instances.map(({ call, options }) => ({ realm, trace, call, options }));
  },
  { equals: Object.is },
);

/** The instance that a configuration was read off; `undefined` for one that only production has. */
export function tracedConfig(db: Db, root: FilePath, config: FederationConfig): TracedInstance | undefined {
  const index = Number(config.id.slice(config.id.lastIndexOf("#") + 1));
  return db.get(tracedFile, `${root}${SEPARATOR}${config.file}`)[index];
}

const MOST_VALUES = 20_000;

/** Every value that the options hold or were computed from. */
export function valuesBehind({ options, trace }: TracedInstance): ReadonlySet<Value> {
  const seen = new Set<Value>();
  const pending: Value[] = [options];
  while (pending.length > 0 && seen.size < MOST_VALUES) {
    const value = pending.pop()!;
    if (seen.has(value)) continue;
    seen.add(value);
    if (value.kind === "object") pending.push(...membersOf(value));
    else {
      if (value.kind === "unknown") pending.push(...objectsBehind(value), ...(value.alternatives ?? []));
      const inputs = trace.made.get(value)?.inputs ?? [];
      pending.push(...inputs.filter((input) => input.kind !== "object"));
    }
  }
  return seen;
}

function membersOf({ slots, properties }: ObjectValue): readonly Value[] {
  if (slots.type === "array") return slots.items;
  if (slots.type !== "plain") return [];
  return [...properties.values()].map((property) => property.value);
}
