/** An entry whose file name changes with each build, and a host that asks for one that does not. */
import { knownValue } from "../../evaluate/evaluated.ts";
import type { Container } from "../../graph/container.ts";
import { containers } from "../../graph/index.ts";
import type { Db } from "../../vfs/vfs.ts";
import { fix, replaceLiteral } from "../places.ts";
import { defineRule } from "../rule.ts";

const HASH = /\[(?:content|chunk|module|full)?hash(?::[^\]]*)?\]/;

export default defineRule({
  id: "containers/hashed-entry",
  since: "0.1.0",
  severity: "warning",
  subject: "container",
  docs: {
    what: "The `filename` of a container has a hash in it, and a host of the workspace asks for a file without one.",
    why: "The entry is written as `remoteEntry.3f2a91.js`: the host asks for `remoteEntry.js` and gets a 404, or the HTML page in its place. A host that knew the hash would break with the next build.",
    how: "Leave the hash out of the entry's name and let servers not cache it, or ask for the manifest, which names the entry.",
  },
  check({ db, report }, container) {
    const { config, exposes, implementation } = container;
    const filename = knownValue(config.filename);
    if (exposes.length === 0 || !["webpack", "enhanced", "rspack"].includes(implementation)) return;
    if (config.filename === undefined || filename === undefined || !HASH.test(filename)) return;
    const asking = hostByName(db, container, filename);
    if (asking === undefined) return;
    const plain = filename.replace(/[^/]*$/, asking.file);
    report(
      config.filename.source,
      `the entry of \`${container.name ?? container.project}\` gets another name with each build, and \`${asking.host}\` asks for \`${asking.file}\``,
      {
        related: [{ source: asking.source, message: "the address" }],
        fixes: HASH.test(plain)
          ? []
          : [fix(`Change to \`${plain}\``, [replaceLiteral(db, config.filename.source, plain)])],
      },
    );
  },
  examples: [
    {
      title: "A hash in the entry's name",
      kind: "bad",
      files: `
//- /cart/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "cart",
      filename: "remoteEntry.[contenthash:8].js",
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ containers/hashed-entry: the entry of \`cart\` gets another name with each build, and \`shell\` asks for \`remoteEntry.js\`
      exposes: { "./Cart": "./index.js" },
    }),
  ],
};
//- /cart/package.json
{ "name": "cart" }
//- /cart/index.js
export {};
//- /shell/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({ name: "shell", remotes: { cart: "cart@https://cdn.example.com/cart/remoteEntry.js" } }),
  ],
};
//- /shell/package.json
{ "name": "shell" }
//- /shell/index.js
export {};
`,
      fixed: `
//- /cart/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "cart",
      filename: "remoteEntry.js",
      exposes: { "./Cart": "./index.js" },
    }),
  ],
};
`,
    },
    {
      title: "A manifest that names the entry, and a hash in production only",
      kind: "good",
      files: `
//- /cart/webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "cart",
      filename: "remoteEntry.[contenthash].js",
      exposes: { "./Cart": "./index.js" },
    }),
  ],
};
//- /cart/package.json
{ "name": "cart" }
//- /cart/index.js
export {};
//- /list/webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = (env, { mode }) => ({
  context: __dirname,
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "list",
      filename: mode === "production" ? "listEntry.[contenthash].js" : "listEntry.js",
      exposes: { "./List": "./index.js" },
    }),
  ],
});
//- /list/package.json
{ "name": "list" }
//- /list/index.js
export {};
//- /shell/webpack.config.js
const { ModuleFederationPlugin } = require("@module-federation/enhanced/webpack");
module.exports = {
  context: __dirname,
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      remotes: {
        cart: "cart@http://localhost:3001/mf-manifest.json",
        list: "list@http://localhost:3002/listEntry.js",
      },
    }),
  ],
};
//- /shell/package.json
{ "name": "shell" }
//- /shell/index.js
export {};
`,
    },
  ],
});

interface Asking {
  readonly host: string;
  /** `remoteEntry.js`. */
  readonly file: string;
  readonly source: Container["config"]["source"];
}

/** A host whose address names a script that the pattern never makes. */
function hostByName(db: Db, { id }: Container, filename: string): Asking | undefined {
  const made = patternOf(filename.replace(/^.*\//, ""));
  for (const host of containers(db)) {
    for (const { container, certain, addresses, entry, valueSource } of host.remotes) {
      if (container !== id || !certain || addresses.length !== 1 || entry === undefined) continue;
      const file = /^(?:https?:)?\/\/[^?#]*\/([^/?#]+\.m?js)(?:[?#]|$)/.exec(entry)?.[1];
      if (file !== undefined && !made.test(file)) return { host: host.name ?? host.project, file, source: valueSource };
    }
  }
  return undefined;
}

/** What a file name with placeholders may become. */
function patternOf(name: string): RegExp {
  const parts = name.split(/\[[^\]]*\]/).map((part) => part.replace(/[.*+?^$|(){}\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".+")}$`);
}
