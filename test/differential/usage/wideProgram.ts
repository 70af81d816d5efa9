/**
 * Programs of more forms than those of `generate.ts`: TypeScript and JSX, all ways in which CommonJS gives exports, JSON,
 * circular and self imports, `type: "module"`, flags of side effects with globs.
 */
import type { Program } from "./generate.ts";
import { LIBRARIES } from "./libraries.ts";
import { Random } from "./random.ts";
import { WIDE_LIBRARIES } from "./wideLibraries.ts";
import { type WideKind, WideModule, type WideSource } from "./wideModules.ts";

const PLAIN: WideKind = { extension: "js", commonJs: false, typed: false, jsx: false };
const SCRIPT: WideKind = { ...PLAIN, commonJs: true };

/** How often each kind of module is written, in parts. */
const KINDS: readonly WideKind[] = [
  PLAIN,
  PLAIN,
  PLAIN,
  PLAIN,
  { ...PLAIN, extension: "mjs" },
  SCRIPT,
  SCRIPT,
  { ...SCRIPT, extension: "cjs" },
  { ...PLAIN, extension: "ts", typed: true },
  { ...PLAIN, extension: "ts", typed: true },
  { ...PLAIN, extension: "tsx", typed: true, jsx: true },
  { ...PLAIN, extension: "jsx", jsx: true },
];

const DATA: WideSource & { readonly text: string } = {
  request: "./data.json",
  names: ["a", "b", "default", '"b-c"'],
  text: '{ "a": { "x": 1 }, "b": [1], "b-c": 2 }\n',
  json: true,
};

const REACT: Readonly<Record<string, string>> = {
  "node_modules/react/package.json": '{ "name": "react", "version": "19.0.0", "main": "index.js" }',
  "node_modules/react/index.js": "exports.createElement = () => ({});\nexports.Fragment = 1;\n",
  "node_modules/react/jsx-runtime.js": "exports.jsx = exports.jsxs = () => ({});\nexports.Fragment = 1;\n",
};

export function wideProgram(seed: number): Program {
  const random = new Random(seed);
  const libraries = random.some([...LIBRARIES, ...WIDE_LIBRARIES], 1 + random.below(2));
  const flagged = random.chance(0.25);
  const isModule = random.chance(0.1);
  const files: Record<string, string> = {};
  for (const { name, files: own } of libraries) {
    for (const [path, text] of Object.entries(own)) files[`node_modules/${name}/${path}`] = text;
  }
  const outer: WideSource[] = libraries.map(({ name, names }) => ({ request: name, names }));
  const withData = random.chance(0.2);
  if (withData) files["src/data.json"] = DATA.text;
  const sources = [...outer, ...(withData ? [DATA] : [])];
  const count = 1 + random.below(4);
  const kinds = Array.from({ length: count }, () => {
    const kind = random.pick(KINDS);
    return isModule && kind === SCRIPT ? { ...kind, extension: "cjs" } : kind;
  });
  const requestOf = (index: number): string => `./m${index}.${kinds[index]!.extension}`;
  const modules: WideSource[] = [];
  for (let index = count - 1; index >= 0; index--) {
    const module = new WideModule(random, kinds[index]!, flagged);
    for (const source of random.some(sources, random.below(3))) module.ask(source);
    for (const source of random.some(modules, random.below(2) + (index === 0 ? 1 : 0))) module.ask(source);
    if (random.chance(0.06)) module.ask({ request: requestOf(random.below(count)), names: ["a", "b"] });
    files[`src/m${index}.${kinds[index]!.extension}`] = module.text;
    modules.push({ request: requestOf(index), names: module.names });
  }
  const typed = random.chance(0.2);
  const extension = typed ? "ts" : "js";
  const main = new WideModule(random, { ...PLAIN, extension, typed }, flagged);
  for (const source of new Set([...random.some(modules, 1 + random.below(2)), modules.at(-1)!])) {
    main.ask(source);
    if (random.chance(0.5)) main.ask(source);
  }
  files[`src/main.${extension}`] = main.text;
  files["src/index.js"] = random.chance(0.7) ? `import("./main.${extension}");\n` : `import "./main.${extension}";\n`;
  const jsx = kinds.some((kind) => kind.jsx);
  const runtime = random.chance(0.5) ? "react-jsx" : "react";
  if (jsx) Object.assign(files, REACT);
  const compiled = { jsx: runtime, experimentalDecorators: true };
  files["tsconfig.json"] = JSON.stringify({ compilerOptions: compiled });
  const sideEffects = flagged
    ? { sideEffects: random.pick([false, false, ["./src/m0.*", "**/main.*"], ["*.cjs"]]) }
    : {};
  files["package.json"] = JSON.stringify({
    name: "app",
    version: "1.0.0",
    dependencies: Object.fromEntries(libraries.map(({ name }) => [name, "^1.0.0"])),
    ...sideEffects,
    ...(isModule ? { type: "module" } : {}),
  });
  const exposes: Record<string, string> = random.chance(0.1) ? { "./M": `./src/m0.${kinds[0]!.extension}` } : {};
  return { seed, files, entry: "./src/index.js", shared: libraries.map(({ name }) => name), exposes, compiled };
}
