/** Native federation: `withNativeFederation` of its Angular and framework-free packages. */
import type { Adapter } from "./adapter.ts";
import { firstArgument } from "./results.ts";

const NATIVE = /^(?:@softarc|@angular-architects)\/native-federation[^/]*(?:\/|$)|^@module-federation\/esbuild(?:\/|$)/;
const native = {
  implementation: "native-federation",
  runtime: "native-federation",
  bundler: "native-federation",
} as const;

export const nativeFederationAdapter: Adapter = {
  name: "native-federation",
  receivers: [
    { name: "withNativeFederation", modules: NATIVE, ...native, result: firstArgument },
    { name: "withFederation", modules: NATIVE, ...native, result: firstArgument },
  ],
};
