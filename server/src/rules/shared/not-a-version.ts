/** A text value of a shared key that is no version, so that the bundler takes it for a request. */
import { installedVersion } from "../../analysis/installedVersion.ts";
import { fileText } from "../../vfs/vfs.ts";
import { fix } from "../places.ts";
import { defineRule } from "../rule.ts";

/** What package managers write where webpack expects a version; none of these is ever the name of a module. */
const MANAGER_TEXT =
  /^(?:workspace|catalog|link|file|npm|portal|patch|git|git\+\w+|github|gitlab|bitbucket|https?):|^(?:latest|next|canary|beta|alpha|rc|dev)$|^git@/;

export default defineRule({
  id: "shared/not-a-version",
  since: "0.1.0",
  severity: "error",
  subject: "container",
  docs: {
    what: "The text given for a shared key is neither a version nor a module.",
    why: "A text that does not look like a version is taken for the request of the fallback: `Module not found: Error: Can't resolve 'workspace:*'`. It mostly comes from `shared: { ...dependencies }` in a monorepo.",
    how: 'Give an object: `{ requiredVersion: "^1.2.0" }`.',
    sources: ["https://github.com/webpack/webpack/issues/13176"],
  },
  check({ db, report }, container) {
    if (!["webpack", "enhanced", "rspack"].includes(container.implementation)) return;
    for (const { key, value, valueSource } of container.config.shared.entries) {
      const request = value.form === "string" ? value.options.get("import") : undefined;
      if (!request?.known || typeof request.value !== "string" || !MANAGER_TEXT.test(request.value)) continue;
      const version = installedVersion(db, container.context, key);
      const text = fileText(db, valueSource.file)?.slice(valueSource.range.start, valueSource.range.end) ?? "";
      const editable = valueSource.file === container.config.source.file && /^["']/.test(text);
      const newText = `{ requiredVersion: "^${version}" }`;
      report(
        valueSource,
        `\`${request.value}\` is no version: \`${container.name ?? container.project}\` takes it for the module to bundle for \`${key}\`, and the build fails`,
        {
          related: editable ? [] : [{ source: container.config.source, message: "the configuration that shares it" }],
          fixes:
            editable && version !== undefined
              ? [fix(`Require ^${version}`, [{ file: valueSource.file, range: valueSource.range, newText }])]
              : [],
        },
      );
    }
  },
  examples: [
    {
      title: "A workspace protocol",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      shared: { kit: "workspace:*" },
                     ^^^^^^^^^^^^^ shared/not-a-version: \`workspace:*\` is no version: \`shell\` takes it for the module to bundle for \`kit\`, and the build fails
    }),
  ],
};
//- /package.json
{ "name": "shell", "dependencies": { "kit": "workspace:*" } }
//- /index.js
import("kit");
//- /node_modules/kit/package.json
{ "name": "kit", "version": "1.2.0", "main": "index.js" }
//- /node_modules/kit/index.js
module.exports = {};
`,
      fixed: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      shared: { kit: { requiredVersion: "^1.2.0" } },
    }),
  ],
};
`,
    },
    {
      title: "All dependencies, spread",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
const { dependencies } = require("./package.json");
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", shared: { ...dependencies } })],
};
//- /package.json
{
  "name": "shell",
  "dependencies": {
    "kit": "catalog:"
           ^^^^^^^^^^ shared/not-a-version: \`catalog:\` is no version: \`shell\` takes it for the module to bundle for \`kit\`, and the build fails
  }
}
//- /index.js
import("kit");
`,
    },
    {
      title: "A version, another module, the key itself",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", shared: { kit: "^1.0.0", "kit-legacy": "kit", other: "other" } })],
};
//- /package.json
{ "name": "shell" }
//- /index.js
export {};
`,
    },
  ],
});
