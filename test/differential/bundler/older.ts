/**
 * What the latest seeds have beside the rest: ways to ask for a module that are older than ES modules, and names that stand
 * for modules. With random numbers of its own, so that it changes nothing of what a seed gives otherwise.
 */
import type { Further } from "./further.ts";
import { Code, print } from "./options.ts";
import type { Files } from "./packages.ts";
import type { Random } from "./random.ts";

/** The first seed with these. */
export const FIRST_OLDER_SEED = 20_000;

type Request = () => string;

function ensured(random: Random, request: Request): string {
  const list = Array.from({ length: random.below(3) }, request).join(", ");
  return random.pick([
    `require.ensure([${list}], function (require) { require(${request()}); });`,
    `require.ensure([${list}], () => { import(${request()}); }, "chunk");`,
    `require.ensure(${request()}, (require) => require(${request()}).get, (error) => console.log(error));`,
    `require.ensure([${list}], function () {}, function () { require(${request()}); }, "other");`,
  ]);
}

function defining(random: Random, request: Request): string {
  return random.pick([
    `define([${request()}, "exports", ${request()}], function (one, exports, two) { exports.both = [one, two]; });\n`,
    `define(function (require, exports) { exports.one = require(${request()}); require.ensure([], () => ${request()}); });\n`,
    `define("first", [${request()}], (one) => one);\ndefine(["first", ${request()}], (first) => first);\n`,
    `define({ get: 1 });\nrequire([${request()}]);\n`,
    `(function (root, factory) {
  if (typeof define === "function" && define.amd) define([${request()}], factory);
  else if (typeof exports === "object") module.exports = factory(require(${request()}));
  else root.umd = factory(root.odd);
})(this, function (one) { return one; });
`,
    `(function (root, factory) {
  typeof exports === "object" && typeof module !== "undefined" ? factory(exports, require(${request()}))
    : typeof define === "function" && define.amd ? define(["exports", ${request()}], factory)
    : factory((root.umd = {}), root.odd);
})(this, function (exports, one) { exports.one = one; });
`,
  ]);
}

function asking(random: Random, request: Request): string {
  return random.pick([
    `require(["./defining.js", ${request()}], function (defined) { require(${request()}); });`,
    `require(["./defining.js"]);`,
    'import("./defining.js");',
    'require("./defining.js");',
  ]);
}

/** Names and how code uses them, free or not. */
function provided(random: Random, requests: readonly string[]) {
  const request = (): unknown => {
    const name = random.pick(requests);
    return random.chance(0.3) ? [name, "get"] : name;
  };
  const names = {
    $: request(),
    "window.wide": request(),
    processes: request(),
    React: request(),
    never: request(),
  };
  const used = random.pick([
    "console.log($.ajax(), window.wide.inner);\n",
    "export const lazy = () => typeof $ === 'function' && window['wide'];\n",
    "console.log(process.env.NODE_ENV, processes.cwd());\n",
    "const { React = 1 } = globalThis;\nconsole.log(React, window.other, x.$);\n",
    "function own($) { return $; }\nconsole.log(own, { processes });\n",
    "{ let $ = 1; console.log($); }\nconsole.log([...$]);\n",
    "try { React(); } catch (never) { never(); }\n",
  ]);
  return { names, used };
}

export function older(random: Random, requests: readonly string[]): Further {
  const request: Request = () => JSON.stringify(random.pick(requests));
  const files: Files = {};
  const statements: string[] = [];
  const plugins: string[] = [];
  if (random.chance(0.4)) statements.push(ensured(random, request));
  if (random.chance(0.4)) {
    files["src/defining.js"] = defining(random, request);
    statements.push(asking(random, request));
  }
  if (random.chance(0.3)) {
    const call = random.pick(["require.resolve", "require.resolveWeak"]);
    statements.push(`console.log(${call}(${request()}));`);
  }
  if (random.chance(0.5)) {
    const { names, used } = provided(random, requests);
    files["src/provided.js"] = used;
    statements.push(
      random.pick(['import("./provided.js");', 'require("./provided.js");', "console.log($, window.wide);"]),
    );
    plugins.push(`new webpack.ProvidePlugin(${print(names)})`);
  }
  const amd = random.chance(0.4) ? { amd: random.pick<unknown>([new Code("{}"), { jQuery: true }, false]) } : {};
  return {
    files,
    statements: statements.join("\n"),
    around: amd,
    plugins: plugins.map((text) => `, ${text}`).join(""),
  };
}
