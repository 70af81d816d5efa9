/** An exposed module whose file does not exist. */
import { DYNAMIC } from "../../evaluate/evaluated.ts";
import { baseName, joinPath, parentPath } from "../../vfs/path.ts";
import { directoryEntries } from "../../vfs/vfs.ts";
import { didYouMean, fix, replaceLiteral } from "../places.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "exposes/missing-file",
  since: "0.1.0",
  severity: "error",
  subject: "container",
  docs: {
    what: "The request of an expose resolves to no file.",
    why: "The build fails (`Failed to find expose module. #BUILD-001`), or the remote fails when a consumer asks for it. Letter case counts, also where the developer's file system ignores it.",
    how: "Correct the path. It is resolved from the compiler's context, which need not be the configuration's folder.",
  },
  check({ db, report }, container) {
    // A build that a program starts may have any context.
    if (!/config|webpack|rspack|rsbuild|vite|federation/i.test(baseName(container.config.file))) return;
    for (const expose of container.exposes) {
      if (!expose.certain) continue;
      for (const [index, request] of expose.requests.entries()) {
        if (expose.files[index] !== undefined || request.includes(DYNAMIC)) continue;
        if (!/^\.\.?\/|^\//.test(request) || request.includes("node_modules/")) continue;
        const path = joinPath(container.context, request);
        const siblings = [...(db.get(directoryEntries, parentPath(path))?.keys() ?? [])];
        const stem = /\.[cm]?[jt]sx?$/.test(request) ? siblings : siblings.map((name) => name.replace(/\.[^.]+$/, ""));
        const meant = didYouMean(baseName(path), stem);
        const better = meant === undefined ? undefined : request.replace(/[^/]*$/, meant);
        report(
          expose.valueSource,
          `\`${expose.key}\` exposes \`${request}\`, which does not exist in ${container.project}${better === undefined ? "" : `; did you mean \`${better}\`?`}`,
          {
            fixes:
              better === undefined || expose.requests.length > 1
                ? []
                : [fix(`Change to \`${better}\``, [replaceLiteral(db, expose.valueSource, better)])],
          },
        );
      }
    }
  },
  examples: [
    {
      title: "Another letter case",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./src/index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "cart",
      filename: "remoteEntry.js",
      exposes: { "./Button": "./src/button" },
                             ^^^^^^^^^^^^^^ exposes/missing-file: \`./Button\` exposes \`./src/button\`, which does not exist in cart; did you mean \`./src/Button\`?
    }),
  ],
};
//- /package.json
{ "name": "cart" }
//- /src/index.js
export {};
//- /src/Button.js
export {};
`,
      fixed: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./src/index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "cart",
      filename: "remoteEntry.js",
      exposes: { "./Button": "./src/Button" },
    }),
  ],
};
`,
    },
    {
      title: "Found with one of the bundler's extensions",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./src/index.js",
  plugins: [new ModuleFederationPlugin({ name: "cart", exposes: { "./Button": "./src/Button", "./lib": "lib" } })],
};
//- /package.json
{ "name": "cart" }
//- /src/index.js
export {};
//- /src/Button.js
export {};
`,
    },
    {
      title: "A configuration without a manifest beside it",
      kind: "good",
      files: `
//- /package.json
{ "name": "all" }
//- /apps/cart/rsbuild.config.js
import { pluginModuleFederation } from "@module-federation/rsbuild-plugin";
export default { plugins: [pluginModuleFederation({ name: "cart", exposes: { "./App": "./src/app.js" } })] };
//- /apps/cart/src/app.js
export {};
`,
    },
  ],
});
