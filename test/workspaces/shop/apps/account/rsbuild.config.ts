import { pluginModuleFederation } from "@module-federation/rsbuild-plugin";
import { defineConfig } from "@rsbuild/core";
import federation from "./module-federation.config";

export default defineConfig({
  source: { entry: { index: "./src/index.ts" } },
  output: { minify: false },
  tools: { swc: { jsc: { transform: { react: { runtime: "automatic" } } } } },
  plugins: [pluginModuleFederation(federation)],
});
