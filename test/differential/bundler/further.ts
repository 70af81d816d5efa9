/**
 * What later seeds have beside the rest: contexts, workers, defined names, typed files, and more around the plugin. With
 * random numbers of its own, so that it changes nothing of what a seed gives otherwise.
 */
import { Code } from "./options.ts";
import type { Files } from "./packages.ts";
import type { Random } from "./random.ts";

/** The first seed with these. */
export const FIRST_FURTHER_SEED = 10_000;

export interface Further {
  /** Below the app's folder. */
  readonly files: Files;
  /** Appended to the app's bootstrap file; statements that ES modules and CommonJS may both have. */
  readonly statements: string;
  /** Options beside the plugin. */
  readonly around: Readonly<Record<string, unknown>>;
  /** Plugins beside the federation plugin, as code. */
  readonly plugins: string;
}

const EXTENSIONS = ["ts", "jsx", "tsx"];

function typedFile(random: Random, extension: string, request: () => string): string {
  const lines = [
    `import { get as one } from ${request()};`,
    ...(extension === "jsx"
      ? []
      : [
          `import { memo } from ${request()};`,
          `import type { Other } from ${request()};`,
          "export const typed: number = 1;",
        ]),
    ...(extension === "ts" ? [`enum Level { Low = 1, High }`, "export const level = Level.Low;"] : []),
    ...(extension === "ts" ? [] : ["export const View = () => <p>{one()}</p>;"]),
    random.chance(0.5) ? "console.log(one);" : "export const use = () => one();",
  ];
  return `${lines.join("\n")}\n`;
}

function contexts(random: Random, request: () => string): Pick<Further, "files" | "statements"> {
  const files: Files = {
    "src/pages/a.js": `import { get } from ${request()};\nconsole.log(get);\n`,
    "src/pages/deep/b.js": `import ${request()};\nexport const b = 1;\n`,
    "src/pages/c.txt.js": `import { beta } from ${request()};\nexport const c = () => beta;\n`,
  };
  const statements = random.pick([
    "require.context('./pages', true, /\\.js$/);",
    "require.context('./pages', false, /^\\.\\/[ab]\\.js$/i);",
    "exports.load = (name) => import(`./pages/${name}.js`);",
    "exports.load = (name) => import('./pages/' + name + '.js');",
    "exports.load = (name) => require(`./pages/deep/${name}`);",
  ]);
  return { files, statements };
}

export function further(random: Random, requests: readonly string[]): Further {
  const request = (): string => JSON.stringify(random.pick(requests));
  const files: Files = {};
  const statements: string[] = [];
  const around: Record<string, unknown> = {};
  const plugins: string[] = [];
  if (random.chance(0.4)) {
    const made = contexts(random, request);
    Object.assign(files, made.files);
    statements.push(made.statements);
  }
  if (random.chance(0.4)) {
    plugins.push(`new webpack.DefinePlugin({ FLAG: ${random.pick(["true", '"false"', '"\\"on\\""', "0"])} })`);
    const test = random.pick(["FLAG", "!FLAG", 'FLAG === "on"', "typeof FLAG === 'number'"]);
    statements.push(
      random.pick([
        `if (${test}) require(${request()});`,
        `${test} && import(${request()});`,
        `${test} ? require(${request()}) : import(${request()});`,
      ]),
    );
  }
  if (random.chance(0.25)) {
    files["src/worker.js"] = `import { get } from ${request()};\nconsole.log(get);\n`;
    statements.push('new Worker(new URL("./worker.js", import.meta.url));');
  }
  if (random.chance(0.2)) statements.push(`import(/* webpackIgnore: true */ ${request()});`);
  for (const extension of random.some(EXTENSIONS, 0.3)) {
    files[`src/typed.${extension}`] = typedFile(random, extension, request);
    statements.push(`import("./typed.${extension}");`);
  }
  if (random.chance(0.25)) {
    around.entry = random.pick<unknown>([
      new Code('() => ({ main: "./src/index.js", other: ["./src/local.js"] })'),
      ["./src/local.js", "./src/index.js"],
      { one: "./src/index.js", two: { import: "./src/local.js", dependOn: "one" }, three: "./src/feature/part.js" },
    ]);
  }
  if (random.chance(0.2)) {
    const test = random.pick([new Code("/local\\.js$/"), new Code("/feature/"), new Code("/esm-kit/")]);
    around.module = { rules: [{ test, sideEffects: random.chance(0.2) }] };
  }
  if (random.chance(0.15)) around.externals = [new Code("/^odd/"), { "esm-kit/get": "commonjs kit" }];
  if (random.chance(0.15)) around.target = random.pick(["node", "async-node", "web"]);
  return { files, statements: statements.join("\n"), around, plugins: plugins.map((text) => `, ${text}`).join("") };
}
