/** "Either of these": the value of something that depends on a condition which is not known. */
import { type UnknownValue, unknown, type Value } from "./value.ts";

/** More alternatives than this are not told apart. */
const MOST_ALTERNATIVES = 8;

const MOST_INPUTS = 32;

export function sameValue(left: Value, right: Value): boolean {
  if (left === right) return true;
  return left.kind === "primitive" && right.kind === "primitive" && Object.is(left.data, right.data);
}

/** One of the values, for the given reason. Equal ones collapse. */
export function join(values: readonly Value[], reason: UnknownValue): Value {
  const distinct: Value[] = [];
  let open = false;
  for (const value of values) {
    const options = value.kind === "unknown" && value.alternatives !== undefined ? value.alternatives : [value];
    for (const option of options) {
      if (option.kind === "unknown") open = true;
      if (!distinct.some((known) => sameValue(known, option))) distinct.push(option);
    }
  }
  const [only] = distinct;
  if (only !== undefined && distinct.length === 1) return only;
  if (open || reason.repeated || distinct.length > MOST_ALTERNATIVES) {
    return unknown(reason.reason, reason.source, { inputs: distinct.slice(0, MOST_INPUTS) });
  }
  return unknown(reason.reason, reason.source, { alternatives: distinct });
}
