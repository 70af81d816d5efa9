/** What is told of a value: how it came to be, and what an expression under the cursor gives. */
import { expect, test } from "vitest";
import { evaluatedExpression } from "../../server/src/bundlers/evaluatedExpression.ts";
import { explainDocument, explainText } from "../../server/src/ide/explainDocument.ts";
import { openWorkspace, root, type TestWorkspace } from "./openWorkspace.ts";

const CONFIG = `const { ModuleFederationPlugin } = require("webpack").container;
const { dependencies: deps } = require("./package.json");
const { address } = require("./remotes");
module.exports = {
  plugins: [
    new ModuleFederationPlugin({
      name: "shell",
      remotes: { cart: address("cart", 3001), shop: process.env.SHOP },
      shared: { react: { singleton: true, requiredVersion: deps.react } },
    }),
  ],
};
`;
const FILES = {
  "/webpack.config.js": CONFIG,
  "/remotes.js": "exports.address = (name, port) => `${name}@http://localhost:${port}/r.js`;\n",
  "/package.json": `{ "dependencies": { "react": "^18.2.0" } }`,
};

/** The steps of the one explained value, as `what file text`. */
function stepsOf(workspace: TestWorkspace, question: string): readonly string[] {
  const { values } = explainDocument(workspace.db, root, question) as {
    values: { steps: { what: string; file: string; text: string }[] }[];
  };
  expect(values).toHaveLength(1);
  return values[0]!.steps.map(({ what, file, text }) => `${what} ${file} ${text}`);
}

function expressionAt(workspace: TestWorkspace, file: string, text: string, within = text) {
  const whole = FILES[file as keyof typeof FILES];
  const offset = whole.indexOf(within) + within.indexOf(text) + 1;
  return evaluatedExpression(workspace.db, root, root + file, offset);
}

test("a version is followed from the plugin to the manifest", () => {
  const steps = stepsOf(openWorkspace(FILES), "shared.react.requiredVersion");
  expect(steps[0]).toMatch(/^receives webpack.config.js new ModuleFederationPlugin/);
  expect(steps.slice(-3)).toEqual([
    "key webpack.config.js requiredVersion",
    "read webpack.config.js deps.react",
    `written package.json "^18.2.0"`,
  ]);
});

test("a computed text is followed into the function and to its parts", () => {
  const workspace = openWorkspace(FILES);
  const steps = stepsOf(workspace, "remotes.cart");
  expect(steps).toContain(`read webpack.config.js address("cart", 3001)`);
  expect(steps).toContain("computed remotes.js `${name}@http://localhost:${port}/r.js`");
  expect(steps.slice(-2)).toEqual([`part webpack.config.js "cart"`, "part webpack.config.js 3001"]);
  expect(explainText(workspace.db, root, "remotes.cart")).toContain(
    `remotes.cart of ModuleFederationPlugin in webpack.config.js\n  = "cart@http://localhost:3001/r.js"\n`,
  );
});

test("an unknown value tells why, and what would make it known", () => {
  const { db } = openWorkspace(FILES);
  expect(explainDocument(db, root, "webpack.config.js:remotes.shop")).toMatchObject({
    values: [{ value: "«dynamic»", reason: "depends on process.env.SHOP", remedy: "set SHOP in federationLens.env" }],
  });
});

test("a path that no configuration has is not explained", () => {
  const { db } = openWorkspace(FILES);
  expect(explainText(db, root, "remotes.nobody")).toBeUndefined();
  expect(explainText(db, root, "other.config.js:remotes.cart")).toBeUndefined();
});

test("any expression and key of the options gives its value, with the text it was taken from", () => {
  const workspace = openWorkspace(FILES);
  const version = { values: [{ value: { known: true, value: "^18.2.0" } }], origin: { file: `${root}/package.json` } };
  expect(expressionAt(workspace, "/webpack.config.js", "react }", "deps.react }")).toMatchObject(version);
  expect(expressionAt(workspace, "/webpack.config.js", "requiredVersion")).toMatchObject(version);
  expect(expressionAt(workspace, "/package.json", "^18")).toMatchObject({ values: version.values });
  expect(expressionAt(workspace, "/remotes.js", "name", "${name}")).toMatchObject({
    values: [{ value: { known: true, value: "cart" } }],
  });
  expect(expressionAt(workspace, "/webpack.config.js", "singleton")).toMatchObject({
    values: [{ value: { known: true, value: true } }],
  });
  expect(expressionAt(workspace, "/webpack.config.js", "SHOP", "process.env.SHOP")).toMatchObject({
    values: [{ remedy: "set SHOP in federationLens.env" }],
  });
});

test("an expression that takes no part in federation options is left alone", () => {
  const workspace = openWorkspace(FILES);
  expect(expressionAt(workspace, "/webpack.config.js", "ModuleFederationPlugin } =")).toBeUndefined();
  expect(expressionAt(workspace, "/webpack.config.js", "require", `require("./remotes")`)).toBeUndefined();
});

test("an expression in a loop gives its values one after the other", () => {
  const text = `const { ModuleFederationPlugin } = require("webpack").container;
    const remotes = {};
    for (const name of ["a", "b"]) remotes[name] = name + "@http://x/r.js";
    module.exports = { plugins: [new ModuleFederationPlugin({ name: "h", remotes })] };`;
  const { db } = openWorkspace({ "/webpack.config.js": text });
  const found = evaluatedExpression(db, root, `${root}/webpack.config.js`, text.indexOf(`+ "@`));
  expect(found?.values.map(({ value }) => (value.known ? value.value : undefined))).toEqual([
    "a@http://x/r.js",
    "b@http://x/r.js",
  ]);
});
