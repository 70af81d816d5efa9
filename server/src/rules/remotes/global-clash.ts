/** An element of the host's page whose id is the global name of a remote. */
import type { Container } from "../../graph/container.ts";
import { workspacePath } from "../../graph/index.ts";
import { remoteAddress } from "../../graph/remoteAddress.ts";
import { joinPath } from "../../vfs/path.ts";
import type { SourceRange } from "../../vfs/sourceRange.ts";
import { type Db, fileText } from "../../vfs/vfs.ts";
import { defineRule } from "../rule.ts";

/** Where templates of the page usually lie. */
const PAGES = ["public/index.html", "src/index.html", "index.html"];

export default defineRule({
  id: "remotes/global-clash",
  since: "0.1.0",
  severity: "warning",
  subject: "container",
  docs: {
    what: "The host's page has an element whose `id` is the global name of a remote.",
    why: "Browsers make a global variable of each element with an id. The runtime finds a global of the remote's name, takes the element for the container, and never loads the entry: `Cannot read properties of undefined (reading 'init')`, `container.init is not a function`, `Failed to get remoteEntry exports. #RUNTIME-001`.",
    how: "Give the element another id, or the remote another name.",
    sources: ["https://github.com/module-federation/core/pull/2746"],
  },
  check({ db, report }, container) {
    const { platform, implementation, remotes } = container;
    if (platform !== "web" || !["webpack", "enhanced", "rspack"].includes(implementation)) return;
    const named = remotes.flatMap((remote) => {
      const [address = ""] = remote.addresses;
      const isScript = remote.certain && remoteAddress(address).externalType === "script";
      return isScript && remote.remoteName !== undefined ? [{ ...remote, global: remote.remoteName }] : [];
    });
    if (named.length === 0) return;
    const ids = pageIds(db, container);
    for (const { alias, global, valueSource } of named) {
      const element = ids.get(global);
      if (element === undefined) continue;
      const page = workspacePath(db, element.file);
      report(
        valueSource,
        `\`${page}\` has an element with the id \`${global}\`, the global name of the remote \`${alias}\`: the runtime takes the element for the container`,
        { related: [{ source: element, message: "the element" }] },
      );
    }
  },
  examples: [
    {
      title: "An element of the remote's name",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      remotes: { cart: "cart@http://localhost:3001/remoteEntry.js" },
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ remotes/global-clash: \`public/index.html\` has an element with the id \`cart\`, the global name of the remote \`cart\`: the runtime takes the element for the container
    }),
  ],
};
//- /package.json
{ "name": "shell" }
//- /index.js
export {};
//- /public/index.html
<body>
  <div id="root"></div>
  <aside id="cart"></aside>
</body>
`,
    },
    {
      title: "Other ids, and a remote that is no global",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      remotes: {
        cart: "cart@http://localhost:3001/remoteEntry.js",
        search: "module http://localhost:3002/remoteEntry.js",
      },
    }),
  ],
};
//- /package.json
{ "name": "shell" }
//- /index.js
export {};
//- /public/index.html
<body>
  <!-- <div id="cart"></div> -->
  <div id="cart-root"></div>
  <div id="search"></div>
</body>
`,
    },
  ],
});

function pageIds(db: Db, { context }: Container): ReadonlyMap<string, SourceRange> {
  const found = new Map<string, SourceRange>();
  for (const page of PAGES) {
    const file = joinPath(context, page);
    const text = fileText(db, file)?.replace(/<!--[\s\S]*?-->/g, (comment) => " ".repeat(comment.length));
    for (const match of text?.matchAll(/<[a-z][^<>]*?\sid\s*=\s*["']?([\w$-]+)/gi) ?? []) {
      const end = match.index + match[0].length;
      if (!found.has(match[1]!)) found.set(match[1]!, { file, range: { start: end - match[1]!.length, end } });
    }
  }
  return found;
}
