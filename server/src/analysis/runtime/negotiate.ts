/**
 * Which version of a shared module a consumer gets, once a share scope is filled: the choice of its runtime, with the
 * runtime's own messages and the facts that decided.
 */
import type { FederationRuntime } from "../../model/federationConfig.ts";
import { negotiateMf2 } from "./mf2Negotiation.ts";
import { failure, fallback, type Negotiated, type NegotiatingConsumer, shared } from "./outcome.ts";
import { inKeyOrder, type ScopeEntry, type ShareStrategy } from "./scope.ts";
import { negotiateWebpack } from "./webpackNegotiation.ts";

/** `scope` in the order of registration. */
export function negotiate(
  runtime: FederationRuntime,
  strategy: ShareStrategy,
  scope: readonly ScopeEntry[],
  consumer: NegotiatingConsumer,
): Negotiated {
  if (runtime === "webpack") return negotiateWebpack(inKeyOrder(scope), consumer);
  if (runtime === "mf2") return negotiateMf2(strategy, inKeyOrder(scope), consumer);
  return negotiateNative(scope, consumer);
}

/** Native federation 3.x knows a module by its exact version. */
function negotiateNative(scope: readonly ScopeEntry[], consumer: NegotiatingConsumer): Negotiated {
  const own = scope.find((entry) => entry.from === consumer.from);
  if (own === undefined) {
    const message = `Shared module ${consumer.shareKey} is not provided`;
    return consumer.hasFallback ? fallback([message]) : failure(message, [message]);
  }
  const same = scope.find((entry) => entry.version === own.version) ?? own;
  return shared(same, [`native federation shares exactly equal versions: ${own.version}`]);
}
