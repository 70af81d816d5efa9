/**
 * What the widest seeds have beside the rest: ways of asking that real projects have, in files of their own. With random
 * numbers of its own, so that it changes nothing of what a seed gives otherwise.
 */
import type { Further } from "./further.ts";
import type { Files } from "./packages.ts";
import type { Random } from "./random.ts";
import { type WiderOptions, widerOptions } from "./widerOptions.ts";

/** The first seed with these. */
export const FIRST_WIDER_SEED = 30_000;

type Request = () => string;

export interface Wider extends Further, WiderOptions {}

interface Written {
  readonly files: Files;
  /** For the app's bootstrap file. */
  readonly statements: string;
}

type Kind = (random: Random, request: Request) => Written;

/** One file with this text that the bootstrap file asks for when it runs. */
function inFile(name: string, text: string): Written {
  return { files: { [`src/${name}`]: text }, statements: `import("./${name}");` };
}

/** Whether `import {} from "x"` is erased depends on the compiler, and is left out. */
const typescript: Kind = (random, request) =>
  inFile(
    "kinds.ts",
    [
      random.pick([
        `import type one from ${request()};`,
        `import { type One, get as one } from ${request()};\nconsole.log(one);`,
        `import { type Two, type Three } from ${request()};`,
        `import four, { type Four } from ${request()};\nconst all: typeof four = null as never;\nconsole.log(all);`,
      ]),
      random.pick([
        `import type five = require(${request()});\nexport type Five = typeof five;`,
        `export type { Six } from ${request()};`,
        `export { type Seven, get } from ${request()};`,
        `export { type Eight } from ${request()};`,
        `export type * from ${request()};`,
        `export type * as ns from ${request()};`,
      ]),
      random.pick([
        `import { Shape } from ${request()};\nexport const shape = (value: Shape) => value;`,
        `import { get as used } from ${request()};\nexport const value = used as unknown as string;`,
        `import * as whole from ${request()};\nexport type Whole = whole.Inner;`,
        `import { memo } from ${request()};\nexport { memo };`,
        `type Lazy = typeof import(${request()});\nexport const lazy = {} as Lazy;`,
        `declare module ${request()} { export const x: number; }`,
        `namespace Inner { export const x = 1; }\nimport x = Inner.x;\nconsole.log(x);`,
        `import def from ${request()};\nexport default def;`,
      ]),
      "export const done: number = 1;",
      "",
    ].join("\n"),
  );

const data: Kind = (random, request) => ({
  files: {
    "src/data.json": '{ "a": 1, "get": 2 }',
    "src/reads.js": random.pick([
      `import data from "./data.json";\nimport { get } from ${request()};\nconsole.log(data.a, get);\n`,
      `import data from "./data.json" with { type: "json" };\nconsole.log(data);\n`,
      `const { a } = require("./data");\nconsole.log(a, require(${request()}));\n`,
      `import { a } from "./data.json";\nexport * from ${request()};\nconsole.log(a);\n`,
    ]),
  },
  statements: 'import("./reads.js");',
});

const addresses: Kind = (random, request) => ({
  files: {
    "src/task.js": `import { get } from ${request()};\nconsole.log(get);\n`,
    "src/picture.png": "png",
  },
  statements: random.pick([
    'new SharedWorker(new URL("./task.js", import.meta.url));',
    'new Worker(new URL("./task.js", import.meta.url), { type: "module", name: "task" });',
    'new Worker(new URL("./task", import.meta.url));',
    'navigator.serviceWorker.register(new URL("./task.js", import.meta.url));',
    'console.log(new URL("./task.js", import.meta.url), new URL("./picture.png", import.meta.url).href);',
    'new Worker(/* webpackIgnore: true */ new URL("./task.js", import.meta.url));',
    'const at = new URL("./task.js", import.meta.url);\nnew Worker(at);',
  ]),
});

const contexts: Kind = (random, request) => ({
  files: {
    "src/parts/one.js": `import { get } from ${request()};\nconsole.log(get);\n`,
    "src/parts/two.mjs": `import ${request()};\n`,
    "src/parts/inner/three.js": `export { get } from ${request()};\n`,
    "src/parts/inner/index.js": `require(${request()});\n`,
  },
  statements: random.pick([
    "console.log(import.meta.webpackContext('./parts', { recursive: false, regExp: /\\.js$/ }));",
    "console.log(import.meta.webpackContext('./parts'));",
    "console.log(require.context('./parts'));",
    "console.log(require.context('./parts', true, /three/, 'lazy'));",
    "console.log(require.context('./parts/inner', false));",
    "console.log(require.context('./parts', true, /one\\.js$/, 'weak'));",
    "globalThis.load = (name) => import(/* webpackInclude: /one/ */ `./parts/${name}.js`);",
    'globalThis.load = (name) => import(/* webpackExclude: /inner/, webpackMode: "eager" */ `./parts/${name}`);',
    'globalThis.load = (name) => import(/* webpackMode: "lazy-once" */ `./parts/${name}/three.js`);',
    "globalThis.load = (name) => import(`./parts/inner/${name}`);",
    "globalThis.load = (name, more) => import('./parts/' + name + '/' + more + '.js');",
    "globalThis.load = (name) => require('./parts/' + name + '.mjs');",
    "globalThis.load = (name) => import('./parts/'.concat(name, '.js'));",
    "globalThis.load = (name) => require.resolve('./parts/' + name);",
  ]),
});

const comments: Kind = (random, request) =>
  inFile(
    "commented.js",
    `${[1, 2, 3]
      .map(() =>
        random.pick([
          `import(/* webpackIgnore: true */ ${request()});`,
          `import(/* webpackIgnore: false */ ${request()});`,
          `import(/* webpackExports: ["get"] */ ${request()});`,
          `import(/* webpackMode: "eager" */ ${request()});`,
          `import(/* webpackMode: "weak" */ ${request()});`,
          `import(/* webpackPrefetch: true, webpackChunkName: "far" */ ${request()});`,
          `import(\n  // webpackIgnore: true\n  ${request()}\n);`,
          `import(/* @vite-ignore */ ${request()});`,
          `import(${request()} /* webpackIgnore: true */);`,
          `import(/* webpackMode: "eager", webpackExports: "get" */ ${request()}).then((all) => all.get);`,
        ]),
      )
      .join("\n")}\nexport const commented = 1;\n`,
  );

const hot: Kind = (random, request) =>
  inFile(
    "hot.js",
    random.pick([
      `if (module.hot) { module.hot.accept("./local.js", () => { require(${request()}); }); }\nrequire(${request()});\n`,
      `module.hot && module.hot.accept([${request()}], () => {});\nmodule.exports = 1;\n`,
      `import { get } from ${request()};\nif (import.meta.webpackHot) import.meta.webpackHot.accept(${request()}, () => get());\n`,
      `if (import.meta.webpackHot) { import(${request()}); }\nexport const x = 1;\n`,
      `if (!module.hot) require(${request()});\n`,
      `if (import.meta.env && import.meta.env.DEV) import(${request()});\n`,
    ]),
  );

const interop: Kind = (random, request) => {
  const lines = [1, 2, 3].map((_, index) =>
    random.pick([
      `Object.defineProperty(exports, "p${index}", { enumerable: true, get: function () { return require(${request()}).get; } });`,
      `__exportStar(require(${request()}), exports);`,
      `var tool_${index} = __importDefault(require(${request()}));\nexports.t${index} = tool_${index}.default;`,
      `exports.m${index} = require(${request()})["get"];`,
      `exports.n${index} = (0, require(${request()}).get)(1);`,
      `exports.o${index} = module.require(${request()});`,
      `var r${index} = require;\nr${index}(${request()});`,
      `if (typeof require === "function") require(${request()});`,
      `typeof require !== "undefined" && require(${request()});`,
      `exports.s${index} = typeof module === "object" ? require(${request()}) : null;`,
      `(function (require) { require(${request()}); })(function () {});`,
      `exports.c${index} = require(exports.flag ? ${request()} : ${request()});`,
      `exports.d${index} = () => import(exports.flag ? ${request()} : ${request()});`,
      `exports.e${index} = require(${request()} + "");`,
      `exports.f${index} = require(\`${JSON.parse(request())}\`);`,
      `exports.g${index} = require?.(${request()});`,
      `exports.h${index} = require(${request()})?.get;`,
      `exports.i${index} = new (require(${request()}))();`,
      `exports.j${index} = [${request()}].map(require);`,
      `exports.k${index} = require.cache[require.resolve(${request()})];`,
      `function lazy${index}() { const { get } = require(${request()}); return get; }\nexports.l${index} = lazy${index};`,
      `Promise.resolve().then(() => require(${request()}));`,
      `Object.assign(exports, require(${request()}));`,
      `eval("require(" + ${request()} + ")");`,
      `exports.u${index} = require.main === module && require(${request()});`,
      `import(\`${JSON.parse(request())}\`);`,
    ]),
  );
  const flag = random.chance(0.5)
    ? '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n'
    : "";
  return { files: { "src/interop.js": `${flag}${lines.join("\n")}\n` }, statements: 'import("./interop.js");' };
};

const dead: Kind = (random, request) =>
  inFile(
    "dead.js",
    `${[1, 2, 3]
      .map((_, index) =>
        random.pick([
          `if (false) require(${request()});`,
          `if (true) require(${request()}); else require(${request()});`,
          `const d${index} = true ? require(${request()}) : require(${request()});`,
          `"production" === process.env.NODE_ENV && require(${request()});`,
          `if (process.env.NODE_ENV === "development" || process.env.NODE_ENV === "test") require(${request()});`,
          `if (process.env.NODE_ENV !== "production" && typeof window !== "undefined") require(${request()});`,
          `function f${index}() { return 1; require(${request()}); }\nf${index}();`,
          `function g${index}() { if (process.env.NODE_ENV === "production") return 1; require(${request()}); }\ng${index}();`,
          `function h${index}() { throw new Error(); import(${request()}); }\nh${index}();`,
          `switch (process.env.NODE_ENV) { case "development": require(${request()}); break; default: require(${request()}); }`,
          `while (false) { require(${request()}); }`,
          `for (;;) { break; require(${request()}); }`,
          `false || require(${request()});`,
          `null ?? require(${request()});`,
          `0 && require(${request()});`,
          `!1 && require(${request()});`,
          `if (typeof window === "undefined") require(${request()});`,
          `if (typeof define === "function" && define.amd) require(${request()});`,
          `if (typeof process !== "undefined" && process.env && process.env.NODE_ENV) require(${request()});`,
          `const isDev${index} = process.env.NODE_ENV !== "production";\nif (isDev${index}) require(${request()});`,
          `if ("a" === "b") { require(${request()}); } else if (1 === 1) { require(${request()}); }`,
          `try { if (false) { require(${request()}); } } finally { require(${request()}); }`,
        ]),
      )
      .join("\n")}\nexports.dead = 1;\n`,
  );

const circular: Kind = (random, request) => ({
  files: {
    "src/ring/a.js": `import { b } from "./b.js";\nexport * from ${request()};\nexport const a = () => b;\n`,
    "src/ring/b.js": random.pick([
      `import { a } from "./a.js";\nimport { get } from ${request()};\nexport const b = () => [a, get];\n`,
      `export * from "./a.js";\nexport { get as b } from ${request()};\n`,
      `import * as self from "./b.js";\nimport { a } from "./a.js";\nexport const b = [self, a];\nimport(${request()});\n`,
    ]),
    "src/ring/package.json": random.pick(["{}", '{ "sideEffects": false }', '{ "sideEffects": ["./a.js"] }']),
  },
  statements: random.pick([
    'import("./ring/a.js");',
    'require("./ring/b").b;',
    'import("./ring/b").then(({ b }) => b);',
  ]),
});

const modern: Kind = (random, request) =>
  inFile(
    "modern.js",
    `${[1, 2]
      .map((_, index) =>
        random.pick([
          `export * as all${index} from ${request()};`,
          `import * as whole${index} from ${request()};\nexport { whole${index} };`,
          `import { default as def${index}, get as got${index} } from ${request()};\nexport { got${index}, def${index} };`,
          `import { "get" as text${index} } from ${request()};\nconsole.log(text${index});`,
          `export { default } from ${request()};`.replace("default }", `default as d${index} }`),
          `const { get: later${index} } = await import(${request()});\nconsole.log(later${index});`,
          `const [one${index}] = await Promise.all([import(${request()}), import(${request()})]);\nconsole.log(one${index});`,
          `class Own${index} { static load = () => import(${request()}); #x = import(${request()}); }\nconsole.log(Own${index});`,
          `export const kept${index} = async function* () { yield* (await import(${request()})).get(); };`,
          `label${index}: { import(${request()}); break label${index}; }`,
          `export const regular${index} = /import("x")/.test("") ? import(${request()}) : "import('y')";`,
          `export const template${index} = \`\${import(${request()})} import("z")\`;`,
          `// import ${request()};\n/* require(${request()}) */\nimport.meta.url;`,
          `import source${index}, * as both${index} from ${request()};\nconsole.log(source${index}, both${index}.get);`,
          `var { get = import(${request()}) } = globalThis;`,
        ]),
      )
      .join("\n")}\nexport const modern = 1;\n`,
  );

const KINDS: readonly Kind[] = [typescript, data, addresses, contexts, comments, hot, interop, dead, circular, modern];

export function wider(random: Random, requests: readonly string[], extended: boolean): Wider {
  const options = widerOptions(random, requests, extended);
  const request: Request = () => JSON.stringify(random.pick([...requests, ...options.requests]));
  const written = random.some(KINDS, 0.3).map((kind) => kind(random, request));
  return {
    ...options,
    files: Object.assign({}, options.files, ...written.map(({ files }) => files)),
    statements: [options.statements, ...written.map(({ statements }) => statements)].join("\n"),
  };
}
