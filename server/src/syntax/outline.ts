/** What is kept of a file's facts for every file of a workspace. */
import type { ExtractedFacts, ModuleFacts } from "./moduleFacts.ts";
import { sharedRequest } from "./sharedRequests.ts";

/** The name of the input that holds it. */
export const OUTLINE = "outline";

export interface Outline {
  readonly facts: ModuleFacts;
  /** Specifiers of static imports with a name that a look at the text does not prove to be used. */
  readonly doubtful: readonly string[];
}

const NONE: readonly never[] = [];

/** Keeps no text alive. */
export function outlineOf({ facts: extracted, settled }: ExtractedFacts): Outline {
  const facts = { ...extracted, requests: extracted.requests.map(sharedRequest) };
  const doubtful = facts.requests.flatMap(({ kind, specifier, typeOnly, sideEffectOnly }, index) => {
    const binds = kind === "esm import" && !typeOnly && !sideEffectOnly && specifier !== undefined;
    return binds && settled?.[index] !== true ? [specifier] : [];
  });
  return { facts, doubtful: doubtful.length === 0 ? NONE : doubtful };
}
