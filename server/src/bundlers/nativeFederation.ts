/** Native federation: `withNativeFederation` of its Angular and framework-free packages. */

import { callModel } from "../evaluate/packages/modelSource.ts";
import { nativeFederationModel } from "../evaluate/packages/models/nativeFederation.ts";
import type { Adapter } from "./adapter.ts";
import { firstArgument } from "./results.ts";

const NATIVE = /^(?:@softarc|@angular-architects)\/native-federation[^/]*(?:\/|$)/;
const ESBUILD = /^@module-federation\/esbuild(?:\/|$)/;
const native = {
  implementation: "native-federation",
  runtime: "native-federation",
  bundler: "native-federation",
} as const;

export const nativeFederationAdapter: Adapter = {
  name: "native-federation",
  receivers: [
    {
      name: "withNativeFederation",
      modules: NATIVE,
      ...native,
      options: (realm, call) => callModel(realm, nativeFederationModel, "fillOptions", call, call.args.slice(0, 1)),
      result: firstArgument,
    },
    { name: "withFederation", modules: ESBUILD, ...native, result: firstArgument },
  ],
  functions: ["share", "shareAll", "setInferVersion", "DEFAULT_SKIP_LIST"].flatMap((name) =>
    [NATIVE, ESBUILD].map((modules) => ({ name, modules, model: nativeFederationModel })),
  ),
};
