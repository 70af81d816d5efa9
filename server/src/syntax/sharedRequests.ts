/** Equal requests of different files are one object: a workspace asks for the same few hundred packages in every file. */
import { ownedText } from "../base/ownedText.ts";
import type { RequestFact } from "./moduleFacts.ts";

/** Far more than a workspace has; then the table begins anew. */
const MOST = 200_000;

const known = new Map<string | undefined, RequestFact[]>();

function isSame(left: RequestFact, right: RequestFact): boolean {
  return (
    left.kind === right.kind &&
    left.typeOnly === right.typeOnly &&
    left.sideEffectOnly === right.sideEffectOnly &&
    left.conditional === right.conditional &&
    left.runs === right.runs &&
    left.apart === right.apart &&
    left.mode === right.mode &&
    left.ignored === right.ignored &&
    left.created === right.created &&
    left.chosen === right.chosen &&
    left.handed === right.handed
  );
}

/** An equal fact that keeps no source text alive, the same object for equal ones. */
export function sharedRequest(fact: RequestFact): RequestFact {
  const { specifier } = fact;
  const own = specifier === undefined ? undefined : ownedText(specifier);
  if (fact.guards !== undefined || fact.context !== undefined) return { ...fact, specifier: own };
  let facts = known.get(specifier);
  const same = facts?.find((other) => isSame(other, fact));
  if (same !== undefined) return same;
  if (facts === undefined) {
    if (known.size >= MOST) known.clear();
    facts = [];
    known.set(own, facts);
  }
  const shared: RequestFact = { ...fact, specifier: own };
  facts.push(shared);
  return shared;
}
