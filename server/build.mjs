/**
 * Bundles the command line and the language server into CommonJS files that each platform's Node can run: `cli.js`
 * starts, `readAhead.js` is a thread that reads files, `main.js` is the rest. Tests give a folder of their own to write to.
 */
import path from "node:path";
import { build } from "esbuild";
import { parserOfTypeScript } from "./parserOfTypeScript.mjs";

const [directory = "server/dist"] = process.argv.slice(2);

const common = {
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
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
};

await build({
  ...common,
  entryPoints: ["server/src/cli/bin.ts"],
  outfile: path.join(directory, "cli.js"),
  external: ["./main.js"],
  banner: { js: "#!/usr/bin/env node" },
});
await build({
  ...common,
  entryPoints: ["server/src/cli/main.ts"],
  outfile: path.join(directory, "main.js"),
  plugins: [parserOfTypeScript("server/src")],
});
await build({
  ...common,
  entryPoints: ["server/src/host/readAhead/worker.ts"],
  outfile: path.join(directory, "readAhead.js"),
});
