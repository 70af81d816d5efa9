/** Plugins of packages that are not listed, told by the name of the member: forks and predecessors of the known ones. */
import type { Adapter } from "./adapter.ts";

const enhanced = { implementation: "enhanced", runtime: "mf2" } as const;
const CLASSES = [
  "ModuleFederationPlugin",
  "NodeFederationPlugin",
  "UniversalFederationPlugin",
  "NextFederationPlugin",
  "ModuleFederationPluginV2",
];

export const customAdapter: Adapter = {
  name: "custom",
  receivers: [
    ...CLASSES.flatMap((name) => [
      { name, modules: /./, ...enhanced },
      { name, modules: new RegExp(`/${name}(?:\\.[cm]?js)?$`), isDefault: true, ...enhanced },
    ]),
    { name: "federation", modules: /federation/i, ...enhanced, implementation: "vite" },
    {
      name: "federation",
      modules: /^(?:@[\w-]+\/)?(?:vite|rollup)-?(?:plugin-)?[\w-]*federation/,
      isDefault: true,
      ...enhanced,
      implementation: "vite",
    },
  ],
  isFallback: true,
};
