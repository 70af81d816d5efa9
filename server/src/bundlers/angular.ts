/** Angular's webpack builder: `@angular-architects/module-federation`. */
import type { Adapter } from "./adapter.ts";
import { firstArgument } from "./results.ts";

const ANGULAR = /^@angular-architects\/module-federation(?:\/|$)/;

export const angularAdapter: Adapter = {
  name: "angular",
  receivers: [
    {
      name: "withModuleFederationPlugin",
      modules: ANGULAR,
      implementation: "webpack",
      runtime: "webpack",
      result: firstArgument,
    },
  ],
};
