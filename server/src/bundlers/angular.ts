/** Angular's webpack builder: `@angular-architects/module-federation`. */

import { callModel } from "../evaluate/packages/modelSource.ts";
import { angularFederationModel } from "../evaluate/packages/models/angularFederation.ts";
import { primitive } from "../evaluate/value.ts";
import type { Adapter } from "./adapter.ts";

const ANGULAR = /^@angular-architects\/module-federation(?:\/|$)/;

export const angularAdapter: Adapter = {
  name: "angular",
  receivers: [
    {
      name: "withModuleFederationPlugin",
      modules: ANGULAR,
      implementation: "webpack",
      runtime: "webpack",
      options: (realm, call) => callModel(realm, angularFederationModel, "fillOptions", call, call.args.slice(0, 1)),
      result: (realm, call, plugin) =>
        callModel(realm, angularFederationModel, "buildConfig", call, [
          call.args[0] ?? primitive(undefined, call.source),
          plugin,
        ]),
    },
  ],
  functions: [
    "share",
    "shareAll",
    "SharedMappings",
    "setInferVersion",
    "findRootTsConfigJson",
    "DEFAULT_SKIP_LIST",
    "DEFAULT_SECONDARIES_SKIP_LIST",
  ].map((name) => ({
    name,
    modules: ANGULAR,
    model: angularFederationModel,
  })),
};
