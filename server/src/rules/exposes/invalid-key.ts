/** A key of `exposes` that imports do not ask for. */
import type { Container } from "../../graph/container.ts";
import { containers } from "../../graph/index.ts";
import { dependencyField, nearestManifest } from "../../project/manifest.ts";
import { type Db, fileText } from "../../vfs/vfs.ts";
import { fix, replaceLiteral } from "../places.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "exposes/invalid-key",
  since: "0.1.0",
  severity: "error",
  subject: "container",
  docs: {
    what: "A key of `exposes` does not begin with `./`.",
    why: '`import("cart/Button")` and `loadRemote("cart/Button")` ask the container for `./Button`: `Module "./Button" does not exist in container.` A key without `./` is found by code alone that calls `container.get("Button")` itself.',
    how: "Write the key as `./Button`, or `.` for the container itself.",
  },
  check({ db, report }, container) {
    if (!["webpack", "enhanced", "rspack"].includes(container.implementation)) return;
    // Angular's `loadRemoteModule` asks the container itself, with any key.
    if (containers(db).some((other) => isAngular(db, other))) return;
    for (const { key, keySource } of container.exposes) {
      if (key === "." || (key.startsWith("./") && key.length > 2)) continue;
      const better = `./${key.replace(/^\.?\/*/, "")}`;
      const text = fileText(db, keySource.file)?.slice(keySource.range.start, keySource.range.end) ?? "";
      const edits = text.includes(key) && better.length > 2 ? [replaceLiteral(db, keySource, better)] : [];
      report(
        keySource,
        `the expose \`${key}\` does not begin with \`./\`: \`import()\` and \`loadRemote\` ask for \`${better}\`, which is not there`,
        {
          fixes: edits.length === 0 ? [] : [fix(`Change to \`${better}\``, edits)],
        },
      );
    }
  },
  examples: [
    {
      title: "A bare name",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "cart",
      exposes: { Button: "./index.js" },
                 ^^^^^^ exposes/invalid-key: the expose \`Button\` does not begin with \`./\`: \`import()\` and \`loadRemote\` ask for \`./Button\`, which is not there
    }),
  ],
};
//- /package.json
{ "name": "cart" }
//- /index.js
export {};
`,
      fixed: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "cart",
      exposes: { "./Button": "./index.js" },
    }),
  ],
};
`,
    },
    {
      title: "A relative key, and the container itself",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "cart", exposes: { "./Button": "./index.js", ".": "./index.js" } })],
};
//- /package.json
{ "name": "cart" }
//- /index.js
export {};
`,
    },
  ],
});

function isAngular(db: Db, container: Container): boolean {
  const manifest = nearestManifest(db, container.context);
  return manifest !== undefined && dependencyField(manifest, "@angular/core") !== undefined;
}
