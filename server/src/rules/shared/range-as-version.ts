/** `version` that is a range, or `requiredVersion` that is none. */
import semver from "semver";
import { installedVersion } from "../../analysis/installedVersion.ts";
import { knownValue } from "../../evaluate/evaluated.ts";
import { fileText } from "../../vfs/vfs.ts";
import { fix, replaceLiteral } from "../places.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "shared/range-as-version",
  since: "0.1.0",
  severity: "warning",
  subject: "container",
  docs: {
    what: "`version` of a shared module holds a range, or `requiredVersion` holds no range.",
    why: "`version` is what the module registers as. A range there compares as no version does: consumers are told that `^18.0.0` does not satisfy `^18.0.0`. A `requiredVersion` that cannot be read is never satisfied.",
    how: "Put ranges into `requiredVersion` and leave `version` out: the bundler reads it from the package.",
    sources: ["https://github.com/module-federation/core/issues/3283"],
  },
  check({ db, report }, container) {
    if (container.implementation === "native-federation") return;
    for (const { key, value } of container.config.shared.entries) {
      const version = value.options.get("version");
      const given = knownValue(version);
      if (version !== undefined && typeof given === "string" && semver.valid(given, { loose: true }) === null) {
        if (semver.validRange(given) === null) continue;
        const exact = installedVersion(db, container.context, key);
        const text =
          fileText(db, version.source.file)?.slice(version.source.range.start, version.source.range.end) ?? "";
        const editable = version.source.file === container.config.source.file && /^["']/.test(text);
        report(
          version.source,
          `\`version\` of \`${key}\` is \`${given}\`, a range: it registers as a version that satisfies nothing`,
          {
            fixes:
              exact !== undefined && editable
                ? [fix(`Use the installed version ${exact}`, [replaceLiteral(db, version.source, exact)])]
                : [],
          },
        );
      }
      const required = value.options.get("requiredVersion");
      const range = knownValue(required);
      if (
        required === undefined ||
        typeof range !== "string" ||
        range === "" ||
        range === "auto" ||
        value.form === "string"
      )
        continue;
      if (semver.validRange(range, { loose: true }) === null)
        report(
          required.source,
          `\`requiredVersion\` of \`${key}\` is \`${range}\`, which is no version range: nothing satisfies it`,
        );
    }
  },
  examples: [
    {
      title: "The range of package.json as the version",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      shared: { kit: { version: "^1.0.0" } },
                                ^^^^^^^^ shared/range-as-version: \`version\` of \`kit\` is \`^1.0.0\`, a range: it registers as a version that satisfies nothing
    }),
  ],
};
//- /package.json
{ "name": "shell", "dependencies": { "kit": "^1.0.0" } }
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
      shared: { kit: { version: "1.2.0" } },
    }),
  ],
};
`,
    },
    {
      title: "A required version that is none",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      shared: { kit: { requiredVersion: "latest" } },
                                        ^^^^^^^^ shared/range-as-version: \`requiredVersion\` of \`kit\` is \`latest\`, which is no version range: nothing satisfies it
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
      title: "Versions, ranges, and none",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      shared: {
        a: { version: "1.2.3", requiredVersion: "* || ^8" },
        b: { version: false, requiredVersion: false },
        c: { version: process.env.VERSION },
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
