/** All adapters, in the order in which they are asked. */
import type { Adapter } from "./adapter.ts";
import { angularAdapter } from "./angular.ts";
import { customAdapter } from "./custom.ts";
import { metroAdapter } from "./metro.ts";
import { modernAdapter } from "./modern.ts";
import { nativeFederationAdapter } from "./nativeFederation.ts";
import { nextAdapter } from "./next.ts";
import { nxAdapter } from "./nx.ts";
import { rsbuildAdapter } from "./rsbuild.ts";
import { runtimeAdapter } from "./runtime.ts";
import { viteAdapter } from "./vite.ts";
import { webpackAdapter } from "./webpack.ts";

export const adapters: readonly Adapter[] = [
  webpackAdapter,
  rsbuildAdapter,
  viteAdapter,
  modernAdapter,
  nextAdapter,
  nxAdapter,
  angularAdapter,
  nativeFederationAdapter,
  metroAdapter,
  runtimeAdapter,
  customAdapter,
];
