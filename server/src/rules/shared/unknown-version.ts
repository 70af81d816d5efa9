/** A required or provided version that the bundler cannot determine. */
import { containerGraph, workspacePath } from "../../graph/index.ts";
import type { Db } from "../../vfs/vfs.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "shared/unknown-version",
  since: "0.1.0",
  severity: "warning",
  subject: "container",
  docs: {
    what: "The bundler finds neither a stated version nor one in a package.json.",
    why: "Without a required version any version is taken, however old; a module provided without a version registers as 0 and loses against every other.",
    how: 'List the package in the app\'s package.json, or state `requiredVersion`; for a provided module state `version`, for example `require("kit/package.json").version`.',
    sources: [
      "https://github.com/webpack/webpack/issues/13457",
      "https://github.com/webpack/webpack/issues/12942",
      "https://github.com/module-federation/core/issues/2680",
    ],
  },
  check({ db, report }, container) {
    for (const problem of containerGraph(db, container.id).problems) {
      if (problem.source === undefined || !/^No (?:required )?version specified/.test(problem.message)) continue;
      report(problem.source, `${problem.subject.replace(/ -> .*/, "")}: ${onOneLine(db, problem.message)}`);
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
                                                                  ^^^ shared/unknown-version: shared module kit: No required version specified and unable to automatically determine one. Unable to find required version for "kit" in description file/s package.json. It need to be in dependencies, devDependencies or peerDependencies.
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

/** As the bundler says it, with files as people write them. */
function onOneLine(db: Db, message: string): string {
  const [first = "", ...rest] = message.split("\n");
  const last = rest.pop();
  if (last !== undefined) return `${first} ${rest.map((file) => workspacePath(db, file)).join(", ")}. ${last}`;
  return first.replace(/(to description file )(.*package\.json)(?=,)/, (_, before: string, file: string) => {
    return before + workspacePath(db, file);
  });
}
