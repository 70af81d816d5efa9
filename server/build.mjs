/**
 * Bundles the command line and the language server into one CommonJS file each platform's Node can run; tests give a
 * file of their own to write to.
 */
import { build } from "esbuild";

const [outfile = "server/dist/cli.js"] = process.argv.slice(2);

await build({
  entryPoints: ["server/src/cli/main.ts"],
  outfile,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  // The UMD builds of some packages hide their requires from the bundler.
  mainFields: ["module", "main"],
  minify: true,
  sourcemap: process.env.SOURCE_MAPS === "1",
  keepNames: true,
  legalComments: "linked",
  banner: { js: "#!/usr/bin/env node" },
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
});
