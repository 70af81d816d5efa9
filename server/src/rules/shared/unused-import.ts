/** An imported name of a shared module that nothing in the file refers to. */
import { containerGraph, federatedRequestsIn } from "../../graph/index.ts";
import { doubtfulImports } from "../../syntax/index.ts";
import { unusedImports } from "../../syntax/unusedImports.ts";
import { defineRule } from "../rule.ts";

export default defineRule({
  id: "shared/unused-import",
  since: "0.1.0",
  severity: "hint",
  subject: "module",
  docs: {
    what: "A name is imported from a shared module and never used in the file.",
    why: "A shared module is shipped whole or as the exports that its importers name. An import that nobody uses keeps code in the bundle and makes the list of used exports wrong for every consumer.",
    how: 'Remove the name. The fix keeps comments, types, quotes and layout; of an import without another name it keeps `import "x"`, since loading the module may have effects, and since a shared module that nobody imports is not provided.',
  },
  concerns(db, file) {
    return doubtfulImports(db, file).length > 0;
  },
  check({ db, report }, file, container) {
    const requests = federatedRequestsIn(db, container, file).filter(({ to }) => {
      return containerGraph(db, container).modules.get(to)?.type === "consume-shared";
    });
    const specifiers = requests.map(({ request }) => request);
    for (const { specifier, imported, local, range, removal, isOnly } of unusedImports(db, file, specifiers)) {
      const name = imported === "*" ? `* as ${local}` : local;
      const edits = removal.map((edit) => ({ file, ...edit }));
      const stays = isOnly ? `, keep \`import "${specifier}"\` and its side effects` : "";
      report({ file, range }, `\`${name}\` of the shared module \`${specifier}\` is imported but never used`, {
        unnecessary: true,
        fixes: [{ title: `Remove unused import \`${name}\`${stays}`, safe: true, edits }],
      });
    }
  },
  examples: [
    {
      title: "One of two names is used",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./src/index.js",
  plugins: [new ModuleFederationPlugin({ name: "shop", shared: ["lodash-es"] })],
};
//- /package.json
{ "name": "shop", "dependencies": { "lodash-es": "^4.17.0" } }
//- /node_modules/lodash-es/package.json
{ "name": "lodash-es", "version": "4.17.21", "main": "lodash.js" }
//- /node_modules/lodash-es/lodash.js
export function debounce() {}
export function map() {}
//- /src/index.js
import("./search");
//- /src/search.js
import { debounce, map } from 'lodash-es';
                   ^^^ shared/unused-import: \`map\` of the shared module \`lodash-es\` is imported but never used
export const search = debounce(() => {});
`,
      fixed: `
//- /src/search.js
import { debounce } from 'lodash-es';
export const search = debounce(() => {});
`,
    },
    {
      title: "The only name: the module is still loaded",
      kind: "bad",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./src/index.js",
  plugins: [new ModuleFederationPlugin({ name: "shop", shared: ["kit"] })],
};
//- /package.json
{ "name": "shop", "dependencies": { "kit": "^1.0.0" } }
//- /node_modules/kit/package.json
{ "name": "kit", "version": "1.0.0", "main": "kit.js" }
//- /node_modules/kit/kit.js
window.kit = true;
export const version = 1;
//- /src/index.js
import("./page");
//- /src/page.js
import { version } from "kit";
         ^^^^^^^ shared/unused-import: \`version\` of the shared module \`kit\` is imported but never used
document.title = "shop";
`,
      fixed: `
//- /src/page.js
import "kit";
document.title = "shop";
`,
    },
    {
      title: "Used as a value, a type or an export",
      kind: "good",
      files: `
//- /webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./src/index.ts",
  resolve: { extensions: [".ts", ".js"] },
  plugins: [new ModuleFederationPlugin({ name: "shop", shared: ["kit"] })],
};
//- /package.json
{ "name": "shop", "dependencies": { "kit": "^1.0.0" } }
//- /node_modules/kit/package.json
{ "name": "kit", "version": "1.0.0", "main": "kit.js" }
//- /node_modules/kit/kit.js
export class A {}
export class B {}
export class C {}
//- /src/index.ts
import("./use");
//- /src/use.ts
import { A, B, C } from "kit";
export { A };
export const make = (value: B) => new C(value);
`,
    },
  ],
});
