/** A value of a federation configuration that cannot be known without running it. */
import { remedyFor } from "../../bundlers/remedy.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "config/unresolved-value",
  since: "0.1.0",
  severity: "hint",
  subject: "container",
  docs: {
    what: "A value of the configuration depends on something that only running it would tell.",
    why: "Project code is never executed. What is not known is never guessed: findings that would rest on this value are left out.",
    how: "Pin an environment variable in `federationLens.env`, or write the value where it can be read.",
  },
  check({ report }, { config }) {
    const seen = new Set<string>();
    for (const { path, reason, source } of config.unresolved) {
      const place = `${source.file} ${source.range.start} ${source.range.end}`;
      if (seen.has(place)) continue;
      seen.add(place);
      const remedy = remedyFor(reason);
      const advice = remedy === undefined ? "" : `; ${remedy} to make it known`;
      report(source, `\`${path}\` is not known statically: ${reason}${advice}`);
    }
  },
  examples: [
    {
      title: "An address from the environment",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      remotes: { cart: process.env.CART_ENTRY },
                       ^^^^^^^^^^^^^^^^^^^^^^ config/unresolved-value: \`remotes.cart\` is not known statically: depends on process.env.CART_ENTRY; set CART_ENTRY in federationLens.env to make it known
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
      title: "Constants and package.json data are known",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
const { dependencies } = require("./package.json");
const port = 3001;
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      remotes: { cart: \`cart@http://localhost:\${port}/remoteEntry.js\` },
      shared: { ...dependencies },
    }),
  ],
};
//- /package.json
{ "name": "shell", "dependencies": {} }
//- /index.js
export {};
`,
    },
  ],
});
