import { createModuleFederationConfig } from "@module-federation/enhanced";
import { dependencies } from "./package.json";

export default createModuleFederationConfig({
  name: "account",
  filename: "remoteEntry.js",
  dts: false,
  remotes: {
    catalog: "catalog@http://localhost:4001/remoteEntry.js",
  },
  exposes: {
    "./Profile": "./src/Profile.tsx",
  },
  shared: {
    react: { singleton: true, requiredVersion: dependencies.react },
    "react-dom": { singleton: true, requiredVersion: dependencies["react-dom"] },
    // The reports were written against this line of lodash.
    "lodash-es": { singleton: true, requiredVersion: "~4.16.0" },
    "@shop/ui": { singleton: true, requiredVersion: dependencies["@shop/ui"] },
  },
});
