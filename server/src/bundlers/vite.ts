/** The Vite and Rollup plugins: `@module-federation/vite` and `@originjs/vite-plugin-federation`. */
import type { Adapter } from "./adapter.ts";

const vite = { implementation: "vite", runtime: "mf2", bundler: "vite" } as const;

export const viteAdapter: Adapter = {
  name: "vite",
  receivers: [
    { name: "federation", modules: /^@module-federation\/vite(?:\/|$)/, isDefault: true, ...vite },
    { name: "federation", modules: /^@originjs\/vite-plugin-federation(?:\/|$)/, isDefault: true, ...vite },
    {
      name: "federation",
      modules: /^@softarc\/rollup-plugin-federation|^@module-federation\/rollup-federation/,
      isDefault: true,
      ...vite,
      bundler: "rollup",
    },
    {
      name: "federation",
      modules: /^(?:vite-plugin-federation|@jsfe\/vite-plugin|vite-plugin-module-federation)(?:\/|$)/,
      isDefault: true,
      ...vite,
    },
  ],
};
