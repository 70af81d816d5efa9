/** Bundles the command line and the language server into one CommonJS file each platform's Node can run. */
import { build } from "esbuild";

await build({
  entryPoints: ["server/src/cli/main.ts"],
  outfile: "server/dist/cli.js",
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  // The UMD builds of some packages hide their requires from the bundler.
  mainFields: ["module", "main"],
  minify: true,
  keepNames: true,
  legalComments: "linked",
  banner: { js: "#!/usr/bin/env node" },
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
});
