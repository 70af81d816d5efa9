/** Bundles the extension: one CommonJS file beside the manifest's `main`. */
import { build } from "esbuild";

await build({
  entryPoints: ["client/src/extension.ts"],
  outfile: "client/dist/extension.js",
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  external: ["vscode"],
  mainFields: ["module", "main"],
  minify: true,
  sourcemap: process.env.SOURCE_MAPS === "1",
  legalComments: "linked",
  logLevel: "warning",
});
