/** Two containers of one name that can meet on a page. */
import { areSiblings, onOnePage } from "../../analysis/meeting.ts";
import { containers } from "../../graph/index.ts";
import { parentPath } from "../../vfs/path.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "containers/duplicate-name",
  since: "0.1.0",
  severity: "error",
  subject: "container",
  docs: {
    what: "Two apps of the workspace give their containers the same name.",
    why: 'On one page the second entry replaces the first, and remotes of that name lead to whichever was loaded last. The 2.x runtime does not register a second remote of a name at all, and with `force` warns: `The remote "app" is already registered. Please note that overriding it may cause unexpected errors.`',
    how: "Give each container a name of its own.",
  },
  check({ db, report }, container) {
    const { name } = container;
    if (name === undefined || container.config.bundler === "runtime") return;
    if (container.config.pluginModule?.startsWith("@originjs/")) return;
    const app = parentPath(container.config.file);
    const others = containers(db).filter(
      (other) =>
        other.name === name &&
        other.id !== container.id &&
        other.config.bundler !== "runtime" &&
        // Several configurations of one app (development, production, server) share its name on purpose.
        other.context !== container.context &&
        parentPath(other.config.file) !== app &&
        other.project !== container.project &&
        // Two hosts never meet, and a workspace may hold several products.
        (other.exposes.length > 0 || container.exposes.length > 0) &&
        (areSiblings(other, container) || onOnePage(db, other.id, container.id)),
    );
    const [other] = others;
    if (other === undefined) return;
    report(
      container.config.name?.source ?? container.config.source,
      `the container name \`${name}\` is also used by \`${other.project}\``,
      {
        severity: onOnePage(db, other.id, container.id) ? "error" : "warning",
        related: [
          {
            source: other.config.name?.source ?? other.config.source,
            message: `\`${other.project}\` has the same container name`,
          },
        ],
      },
    );
  },
  examples: [
    {
      title: "Two apps named alike",
      kind: "bad",
      files: `
//- /a/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = { context: __dirname, entry: "./index.js", plugins: [new ModuleFederationPlugin({ name: "cart", exposes: { "./Cart": "./index.js" } })] };
                                                                                                         ^^^^^^ containers/duplicate-name: the container name \`cart\` is also used by \`b\`
//- /a/package.json
{ "name": "a" }
//- /a/index.js
export {};
//- /b/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = { context: __dirname, entry: "./index.js", plugins: [new ModuleFederationPlugin({ name: "cart", exposes: { "./Cart": "./index.js" } })] };
                                                                                                         ^^^^^^ containers/duplicate-name: the container name \`cart\` is also used by \`a\`
//- /b/package.json
{ "name": "b" }
//- /b/index.js
export {};
`,
    },
    {
      title: "Two configurations of one app",
      kind: "good",
      files: `
//- /webpack.dev.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = { entry: "./index.js", plugins: [new ModuleFederationPlugin({ name: "cart" })] };
//- /webpack.prod.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = { entry: "./index.js", plugins: [new ModuleFederationPlugin({ name: "cart" })] };
//- /package.json
{ "name": "a" }
//- /index.js
export {};
`,
    },
  ],
});
