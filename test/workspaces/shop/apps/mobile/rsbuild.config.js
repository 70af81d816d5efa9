// And for watches, with Rsbuild.
import { pluginModuleFederation } from "@module-federation/rsbuild-plugin";

export default {
  source: {
    entry: { index: "./src/Today.js" },
    transformImport: [{ libraryName: "date-fns", camelToDashComponentName: false }],
  },
  plugins: [pluginModuleFederation({ name: "watch", shared: { "date-fns": { requiredVersion: "^3.6.0" } } })],
};
