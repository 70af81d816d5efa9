/** Plugins of packages that are not listed, told by the name of the member: forks and predecessors of the known ones. */
import type { Realm } from "../evaluate/realm.ts";
import type { CallContext, Value } from "../evaluate/value.ts";
import type { Adapter } from "./adapter.ts";
import { federationOptions } from "./vite.ts";

const enhanced = { implementation: "enhanced", runtime: "mf2" } as const;
const CLASSES = [
  "ModuleFederationPlugin",
  "NodeFederationPlugin",
  "UniversalFederationPlugin",
  "NextFederationPlugin",
  "ModuleFederationPluginV2",
];

/** What a class of any such name is given, when it reads like federation options. */
function likelyOptions(_realm: Realm, call: CallContext): Value | undefined {
  const [options] = call.args;
  const isLike =
    options?.kind === "object" && ["exposes", "remotes", "shared"].some((name) => options.properties.has(name));
  return isLike ? options : undefined;
}

export const customAdapter: Adapter = {
  name: "custom",
  receivers: [
    ...CLASSES.flatMap((name) => [
      { name, modules: /./, ...enhanced },
      { name, modules: new RegExp(`/${name}(?:\\.[cm]?js)?$`), isDefault: true, ...enhanced },
    ]),
    {
      name: "FederationPlugin",
      names: /FederationPlugin(?:V\d)?$/,
      modules: /./,
      ...enhanced,
      options: likelyOptions,
    },
    {
      name: "federation",
      modules: /federation/i,
      ...enhanced,
      implementation: "vite",
      options: federationOptions,
    },
    {
      name: "federation",
      modules: /^(?:@[\w-]+\/)?(?:vite|rollup)-?(?:plugin-)?[\w-]*federation/,
      isDefault: true,
      ...enhanced,
      implementation: "vite",
      options: federationOptions,
    },
    // webpack 4 has no plugin of its own.
    {
      name: "ModuleFederationPlugin",
      modules: /^(?:mf-webpack4|@module-federation\/webpack-4)(?:\/|$)/,
      isDefault: true,
      implementation: "webpack",
      runtime: "webpack",
    },
  ],
  isFallback: true,
};
