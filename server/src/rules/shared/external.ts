/** A package that is both shared and external. */
import { externalTest } from "../../graph/externals.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "shared/external",
  since: "0.1.0",
  severity: "error",
  subject: "container",
  docs: {
    what: "A package stands in `shared` and in `externals`.",
    why: "An external leaves the bundle before sharing sees the request: the share scope is never asked, and other apps' versions are never used.",
    how: "Remove it from `externals`, or from `shared`. To bundle no fallback, use `import: false`.",
    sources: ["https://github.com/webpack/webpack/issues/15554"],
  },
  check({ report }, container) {
    if (container.config.bundler !== "webpack" && container.config.bundler !== "rspack") return;
    const isExternal = externalTest(container.config);
    for (const { request, source } of container.consumes) {
      if (!isExternal(request)) continue;
      const externals = container.config.build.options.get("externals");
      report(source, `\`${request}\` is shared and external at once: the external wins, and it is never shared`, {
        related: externals === undefined ? [] : [{ source: externals.source, message: "the externals" }],
      });
    }
  },
  examples: [
    {
      title: "In both lists",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  externals: { react: "React" },
  plugins: [new ModuleFederationPlugin({ name: "shell", shared: { react: { singleton: true } } })],
                                                                  ^^^^^ shared/external: \`react\` is shared and external at once: the external wins, and it is never shared
};
//- /package.json
{ "name": "shell" }
//- /index.js
export {};
`,
    },
    {
      title: "Different packages",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  externals: { jquery: "jQuery" },
  plugins: [new ModuleFederationPlugin({ name: "shell", shared: { react: { singleton: true } } })],
};
//- /package.json
{ "name": "shell" }
//- /index.js
export {};
`,
    },
  ],
});
