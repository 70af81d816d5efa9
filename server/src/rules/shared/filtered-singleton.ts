/** A singleton that is shared for some versions alone. */
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "shared/filtered-singleton",
  since: "0.1.0",
  severity: "warning",
  subject: "container",
  docs: {
    what: "A shared module is a `singleton`, and `include.version` or `exclude.version` shares some versions of it only.",
    why: 'Versions that the filter leaves out are bundled beside the shared one, so that a page has several: `"singleton: true" is used together with "include.version: …". This might lead to multiple instances of the shared module`.',
    how: "Remove the filter, or `singleton`.",
  },
  check({ report }, container) {
    if (container.implementation !== "enhanced") return;
    for (const { request, singleton, include, exclude, source, unknownOptions } of container.consumes) {
      if (!singleton || unknownOptions.includes("singleton")) continue;
      const filter =
        include?.version !== undefined ? "include" : exclude?.version !== undefined ? "exclude" : undefined;
      if (filter === undefined) continue;
      const version = filter === "include" ? include?.version : exclude?.version;
      report(
        source,
        `\`${request}\` is a singleton, but \`${filter}.version: "${version}"\` leaves versions out, which are then bundled beside it`,
      );
    }
  },
  examples: [
    {
      title: "A singleton of some versions",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      shared: { react: { singleton: true, include: { version: "^18.0.0" } } },
                ^^^^^ shared/filtered-singleton: \`react\` is a singleton, but \`include.version: "^18.0.0"\` leaves versions out, which are then bundled beside it
    }),
  ],
};
//- /package.json
{ "name": "shell" }
//- /index.js
export {};
`,
    },
    {
      title: "One each, and a filter of requests",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      shared: {
        react: { singleton: true },
        lodash: { exclude: { version: "^3.0.0" } },
        "date-fns/": { singleton: true, exclude: { request: /locale/ } },
      },
    }),
  ],
};
//- /package.json
{ "name": "shell" }
//- /index.js
export {};
`,
    },
  ],
});
