/** The Vite and Rollup plugins: `@module-federation/vite` and `@originjs/vite-plugin-federation`. */
import type { Realm } from "../evaluate/realm.ts";
import type { CallContext, Value } from "../evaluate/value.ts";
import type { Adapter } from "./adapter.ts";

/** Native federation once had a Vite plugin of this name: `{ options, adapter }` lead to a configuration in a file. */
export function federationOptions(_realm: Realm, call: CallContext): Value | undefined {
  const [options] = call.args;
  const leadsToFile =
    options?.kind === "object" && ["options", "adapter"].every((name) => options.properties.has(name));
  return leadsToFile ? undefined : options;
}

const vite = { implementation: "vite", runtime: "mf2", bundler: "vite", options: federationOptions } as const;

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
