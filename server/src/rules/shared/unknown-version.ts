/** A required or provided version that the bundler cannot determine. */
import { containerGraph } from "../../graph/index.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "shared/unknown-version",
  since: "0.1.0",
  severity: "warning",
  subject: "container",
  docs: {
    what: "The bundler finds neither a stated version nor one in a package.json.",
    why: "Without a required version any version is taken, however old; a module provided without a version registers as 0 and loses against every other.",
    how: "List the package in the app's package.json, or state `requiredVersion` (`version` for a provided module).",
  },
  check({ db, report }, container) {
    for (const problem of containerGraph(db, container.id).problems) {
      if (problem.source === undefined || !/^No (?:required )?version specified/.test(problem.message)) continue;
      const [first = ""] = problem.message.split("\n");
      report(problem.source, `${problem.subject.replace(/ -> .*/, "")}: ${first}`);
    }
  },
  examples: [
    {
      title: "A package that no package.json lists",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", shared: { kit: {} } })],
                                                                  ^^^ shared/unknown-version: shared module kit: No required version specified and unable to automatically determine one. Unable to find required version for "kit" in description file/s
};
//- /package.json
{ "name": "shell" }
//- /index.js
import("./app");
//- /app.js
import "kit";
//- /node_modules/kit/package.json
{ "name": "kit", "version": "1.0.0", "main": "index.js" }
//- /node_modules/kit/index.js
module.exports = {};
`,
    },
    {
      title: "Listed, or not wanted",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "shell", shared: { kit: {}, other: { requiredVersion: false } } })],
};
//- /package.json
{ "name": "shell", "devDependencies": { "kit": "^1.0.0" } }
//- /index.js
import("./app");
//- /app.js
import "kit";
import "other";
//- /node_modules/kit/package.json
{ "name": "kit", "version": "1.0.0", "main": "index.js" }
//- /node_modules/kit/index.js
module.exports = {};
//- /node_modules/other/package.json
{ "name": "other", "version": "1.0.0", "main": "index.js" }
//- /node_modules/other/index.js
module.exports = {};
`,
    },
  ],
});
