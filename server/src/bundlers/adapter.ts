/**
 * What an adapter declares: which members of which packages receive federation options, where among their arguments the
 * options are, and what builds and runs the result. One file for each family of plugins; a new one is a new declaration.
 */
import type { ModelSource } from "../evaluate/packages/modelSource.ts";
import type { Realm } from "../evaluate/realm.ts";
import type { CallContext, Value } from "../evaluate/value.ts";
import type { BundlerName, FederationRuntime, Implementation } from "../model/federationConfig.ts";

/** A class or function that receives federation options. */
export interface Receiver {
  /** Its exported name. */
  readonly name: string;
  /** Further names that mean the same. */
  readonly names?: RegExp;
  /** Modules that export it. */
  readonly modules: RegExp;
  /** It is the module's default export, or the module itself. */
  readonly isDefault?: boolean;
  readonly implementation: Implementation;
  readonly runtime: FederationRuntime;
  /** The tool when the file's name does not tell it. */
  readonly bundler?: BundlerName;
  /** The options among the arguments; the first one by default. `undefined` where the call holds none. */
  readonly options?: (realm: Realm, call: CallContext) => Value | undefined;
  /** What the call gives; a plugin object by default. */
  readonly result?: (realm: Realm, call: CallContext, plugin: Value) => Value;
  /** Options that the helper itself adds, computed when everything has been evaluated. */
  readonly complete?: (realm: Realm, options: Value, call: CallContext) => Value;
  /** The call only hands its options on; where they reach another receiver, that one is the instance. */
  readonly passive?: boolean;
}

export interface Adapter {
  readonly name: string;
  readonly receivers: readonly Receiver[];
  /** Its modules are taken from the workspace when they are there. */
  readonly isFallback?: boolean;
  /** Further members of the family's packages that are modelled. */
  readonly functions?: readonly ModelledFunction[];
}

/** A function of a published package whose result is computed as the package does. */
export interface ModelledFunction {
  readonly name: string;
  readonly modules: RegExp;
  readonly isDefault?: boolean;
  /** What it exports under the name, as its model says. */
  readonly model: ModelSource;
}

/** One call of a receiver, seen while evaluating. */
export interface ReceiverCall {
  readonly receiver: Receiver;
  readonly module: string;
  readonly options: Value;
  readonly call: CallContext;
  readonly instance: Value;
  /** Set when the call happens only under a condition that is not known. */
  readonly doubtful: boolean;
}
