/** What a consumer asks a share scope for, and what comes of it. */
import type { Implementation } from "../../model/federationConfig.ts";
import type { ScopeEntry } from "./scope.ts";

export interface NegotiatingConsumer {
  readonly shareScope: string;
  readonly shareKey: string;
  /** The consumer's container, as it stands in `ScopeEntry.from`. */
  readonly from: string;
  readonly requiredVersion: string | false | null;
  readonly singleton: boolean;
  readonly strictVersion: boolean;
  readonly eager: boolean;
  readonly hasFallback: boolean;
  /** Whose build made the consumer; the bundlers' code around a runtime differs. */
  readonly implementation?: Implementation;
}

export interface Negotiated {
  /** `shared`: an entry of the scope, the own registered one included; `fallback`: the own copy, past the scope. */
  readonly outcome: "shared" | "fallback" | "shared-with-warning" | "error";
  readonly entry: ScopeEntry | undefined;
  /** The warning or the error, exactly as the runtime words it. */
  readonly message: string | undefined;
  /** The facts that decided, in order. */
  readonly why: readonly string[];
}

export function shared(entry: ScopeEntry, why: readonly string[]): Negotiated {
  return { outcome: "shared", entry, message: undefined, why };
}

export function sharedWithWarning(entry: ScopeEntry, message: string, why: readonly string[]): Negotiated {
  return { outcome: "shared-with-warning", entry, message, why };
}

export function fallback(why: readonly string[]): Negotiated {
  return { outcome: "fallback", entry: undefined, message: undefined, why };
}

export function failure(message: string, why: readonly string[], entry?: ScopeEntry): Negotiated {
  return { outcome: "error", entry, message, why };
}
