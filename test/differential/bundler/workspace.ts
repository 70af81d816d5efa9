/** A whole generated workspace: packages, sources, manifests, links and one configuration. */
import { FIRST_FURTHER_SEED, type Further, further } from "./further.ts";
import { newest } from "./newest.ts";
import { FIRST_OLDER_SEED, older } from "./older.ts";
import { Code, exposes, type OptionContext, print, remotes, shared } from "./options.ts";
import { type Files, generatedPackages, workspacePackage } from "./packages.ts";
import { type Random, randomOf } from "./random.ts";
import { FIRST_SEED_OF_SEVERAL, severalPlugins } from "./severalPlugins.ts";
import { sourceFiles } from "./sources.ts";
import { inStore } from "./store.ts";
import { FIRST_WIDER_SEED, type Wider, wider } from "./wider.ts";

export interface GeneratedWorkspace {
  /** Paths from the root to texts. */
  readonly files: Files;
  /** Paths from the root to what they are links to, relative to their own folder. */
  readonly links: Readonly<Record<string, string>>;
  /** Folder of the app, with `webpack.config.js` in it; empty for the root. */
  readonly app: string;
}

const SPECIFIERS = [
  "^18.2.0",
  "^4.17.0",
  "~2.1.0",
  "1.5.0",
  ">=1 <3",
  "*",
  "latest",
  "next",
  "workspace:*",
  "workspace:^1.0.0",
  "catalog:",
  "npm:other@^1.2.3",
  "file:../x",
  "link:../x",
  "github:user/repo#semver:^2.0.0",
  "git+https://host.test/user/repo.git#v1.2.3",
  "user/repo#semver:1.x",
  "https://host.test/x.tgz",
  "",
  " ^3.0.0 ",
  "v1.2.3",
];

function manifest(random: Random, names: readonly string[]): string {
  const fields: Record<string, Record<string, string>> = {};
  for (const name of names) {
    for (const field of random.some(
      ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"],
      0.3,
    )) {
      fields[field] ??= {};
      fields[field][name] = random.pick(random.chance(0.6) ? SPECIFIERS.slice(0, 6) : SPECIFIERS);
    }
  }
  return JSON.stringify({
    ...(random.chance(0.9) ? { name: random.pick(["app", "app", "app", "core-js-like"]) } : {}),
    version: "1.0.0",
    ...fields,
    ...(random.chance(0.15) ? { sideEffects: false } : {}),
    ...(random.chance(0.07) ? { type: "module" } : {}),
    imports: { "#local": "./src/local.js", "#kit": "esm-kit" },
  });
}

function layerRules(random: Random): unknown {
  return random.pick<unknown>([
    [{ test: new Code("/feature/"), layer: "server" }],
    [{ include: new Code("/src/"), exclude: new Code("/feature/"), layer: "client" }],
    [
      { test: new Code("/local/"), layer: "server" },
      { issuerLayer: "server", test: new Code("/esm-kit/"), layer: "client" },
    ],
    [{ oneOf: [{ test: new Code("/bootstrap/"), layer: "client" }] }],
  ]);
}

/** Options around the plugin that change resolution or what is shared. */
function surroundings(random: Random, extended: boolean, layers: boolean): Record<string, unknown> {
  const resolve: Record<string, unknown> = {};
  if (random.chance(0.15))
    resolve.alias = { "@app": "[__dirname]/src", aliased: "esm-kit", "core-js-like$": "./src/local.js" };
  if (random.chance(0.1)) resolve.alias = { "esm-kit": "odd", odd: false };
  if (random.chance(0.1)) resolve.mainFields = random.pick([["main"], ["main", "module"], ["browser", "main"]]);
  if (random.chance(0.1))
    resolve.extensions = random.pick([[".js"], [".mjs", ".js"], ["...", ".cjs"], [".json", "..."]]);
  if (random.chance(0.1)) resolve.modules = ["src", "node_modules"];
  if (random.chance(0.1)) resolve.symlinks = false;
  if (random.chance(0.1)) resolve.fallback = random.pick<unknown>([{ nowhere: "esm-kit" }, { nowhere: false }]);
  if (random.chance(0.1)) resolve.extensionAlias = { ".js": [".mjs", ".js"] };
  if (random.chance(0.05)) resolve.preferRelative = true;
  if (random.chance(0.05)) resolve.mainFiles = ["main", "index"];
  if (random.chance(0.1))
    resolve.conditionNames = random.pick([["require"], ["import", "node"], ["development", "..."]]);
  return {
    ...(Object.keys(resolve).length === 0 ? {} : { resolve }),
    ...(random.chance(0.1)
      ? { externals: random.pick<unknown>(["esm-kit", ["odd"], { "core-js-like": "React" }]) }
      : {}),
    ...(random.chance(0.1) ? { target: random.pick(["node", "webworker", "async-node"]) } : {}),
    ...(random.chance(0.1) ? { mode: "development", devtool: false } : {}),
    ...(layers && extended ? { experiments: { layers: true } } : {}),
    ...(layers && extended && random.chance(0.7) ? { module: { rules: layerRules(random) } } : {}),
  };
}

/** The workspace of a seed. `extended`: with options that webpack's own plugin refuses. */
export function generatedWorkspace(seed: number, extended: boolean): GeneratedWorkspace {
  const random = randomOf(seed);
  const app = random.chance(0.3) ? "apps/shop" : "";
  const place = (folder: string, path: string): string => (folder === "" ? path : `${folder}/${path}`);
  const files: Files = {};
  const links: Record<string, string> = {};
  const packages = generatedPackages(random);
  for (const item of packages) {
    const nested = app !== "" && random.chance(0.3);
    if (random.chance(0.07)) continue;
    for (const [path, text] of Object.entries(item.files))
      files[`${place(nested ? app : "", `node_modules/${item.name}`)}/${path}`] = text;
  }
  if (random.chance(0.25)) nestCopy(files, app);
  const library = workspacePackage(random);
  const linked = random.chance(0.5);
  if (linked) {
    for (const [path, text] of Object.entries(library.files)) files[`packages/lib/${path}`] = text;
    links["node_modules/@ws/lib"] = "../../packages/lib";
  }
  const names = [...packages.map(({ name }) => name), ...(linked ? [library.name] : [])];
  const requests = [
    ...packages.flatMap((item) => [item.name, item.name, item.name, ...item.requests]),
    ...(linked ? [library.name, ...library.requests] : []),
    "#local",
    "#kit",
    "nowhere",
    "cart/Button",
    "cart2",
    "cart/inner/x",
    "@shop/list/a/b",
    ...(random.chance(0.3) ? ["core-js-like?query", "esm-kit/", "aliased", "@app/local"] : []),
  ];
  // A bundler asks of each layer's copy of a barrel for itself; here the copies are one module.
  const layers = extended && random.chance(0.25);
  if (layers)
    for (const file of Object.keys(files)) files[file] = files[file]!.replace(/,"sideEffects":(?:false|\[.*?\])/, "");
  for (const [path, text] of Object.entries(sourceFiles(random, requests))) files[place(app, path)] = text;
  const isWider = seed >= FIRST_WIDER_SEED;
  const widest = isWider ? wider(randomOf(seed * 4001), requests, extended) : undefined;
  // Fewer of the older kinds, for what differs to be told apart.
  const more = [
    ...(seed < FIRST_FURTHER_SEED || (isWider && seed % 3 !== 0) ? [] : [further(randomOf(seed * 7919), requests)]),
    ...(seed < FIRST_OLDER_SEED || (isWider && seed % 3 !== 1) ? [] : [older(randomOf(seed * 6007), requests)]),
    ...(widest === undefined ? [] : [widest]),
    ...(seed < FIRST_SEED_OF_SEVERAL ? [] : newest(randomOf(seed * 2003), requests)),
  ];
  for (const part of more) {
    for (const [path, text] of Object.entries(part.files)) files[place(app, path)] = text;
    files[place(app, "src/bootstrap.js")] += `${part.statements}\n`;
  }
  files[place(app, "package.json")] = manifest(random, names);
  if (app !== "" && random.chance(0.8)) files["package.json"] = manifest(random, names);
  Object.assign(files, widest?.rootFiles);
  files[place(app, "webpack.config.js")] = configuration({
    random,
    // A query makes a module of its own, which the graph takes for its file.
    requests: withoutQueries(requests),
    extended,
    layers,
    more,
    widest,
    several:
      seed < FIRST_SEED_OF_SEVERAL
        ? undefined
        : severalPlugins(randomOf(seed * 3001), withoutQueries(requests), layers),
  });
  return widest?.store === true ? inStore({ files, links, app }) : { files, links, app };
}

function withoutQueries(requests: readonly string[]): readonly string[] {
  return requests.filter((request) => !request.includes("?"));
}

/** An older copy of a package below another one. */
function nestCopy(files: Files, app: string): void {
  const holder = ["esm-kit", "@scope/dual"].find((name) => files[`node_modules/${name}/package.json`] !== undefined);
  if (holder === undefined) return;
  const folder = `node_modules/${holder}/node_modules/core-js-like`;
  files[`${folder}/package.json`] = '{ "name": "core-js-like", "version": "16.14.0", "main": "index.js" }\n';
  files[`${folder}/index.js`] = "exports.useState = () => 16;\nexports.memo = (x) => x;\n";
  if (app !== "") files[`${app}/node_modules/esm-kit/package.json`] ??= '{ "name": "esm-kit", "version": "3.0.0" }\n';
  if (app !== "") files[`${app}/node_modules/esm-kit/index.js`] ??= "export const get = () => 3;\n";
}

interface ConfigurationContext extends OptionContext {
  readonly more: readonly Further[];
  readonly widest: Wider | undefined;
  readonly several: ReturnType<typeof severalPlugins> | undefined;
}

function configuration(context: ConfigurationContext): string {
  const { random, extended, layers, more, widest, several } = context;
  const options = {
    name: "shop",
    filename: "remoteEntry.js",
    ...(random.chance(0.93) ? { shared: shared(context) } : {}),
    ...(random.chance(0.5) ? { remotes: remotes(context) } : {}),
    ...(random.chance(0.4) ? { exposes: exposes(context) } : {}),
    ...(random.chance(0.1)
      ? { shareScope: random.pick<unknown>(["team", ...(extended ? [["team", "default"]] : [])]) }
      : {}),
    ...(extended && random.chance(0.2) ? { shareStrategy: "loaded-first" } : {}),
  };
  const entry =
    layers && random.chance(0.7) ? { main: { import: "./src/index.js", layer: "client" } } : "./src/index.js";
  const plugin = extended ? 'require("@module-federation/enhanced/webpack")' : 'require("webpack").container';
  const given = [{ entry }, surroundings(random, extended, layers), ...more.map((part) => part.around)];
  const around = print(widest === undefined ? Object.assign({}, ...given) : given.reduce(merged)).replaceAll(
    /"\[__dirname\]\/([^"]*)"/g,
    'require("path").join(__dirname, "$1")',
  );
  const federation = widest === undefined ? options : withMore(options, widest);
  const plugins = [
    ...(several?.before ?? []),
    `new ModuleFederationPlugin(${print(federation)})${more.map((part) => part.plugins).join("")}`,
    ...(several?.after ?? []),
  ];
  return `const webpack = require("webpack");
const { ModuleFederationPlugin } = ${plugin};
module.exports = {
  context: __dirname,
  plugins: [${plugins.join(", ")}],
  ...${around},
};
`;
}

type Options = Readonly<Record<string, unknown>>;

/** Of both; what both have is merged where it is a list or holds options, else the latter counts. */
function merged(left: Options, right: Options): Options {
  const all: Record<string, unknown> = { ...left };
  for (const [key, value] of Object.entries(right)) {
    const before = all[key];
    if (["resolve", "experiments", "module"].includes(key) && before !== undefined)
      all[key] = merged(before as Options, value as Options);
    else all[key] = key === "rules" && Array.isArray(before) ? [...before, ...(value as unknown[])] : value;
  }
  return all;
}

function withMore(options: Options, { federation, more }: Wider): Options {
  const all: Record<string, unknown> = { ...options, ...federation };
  for (const [key, entries] of Object.entries(more)) {
    if (Object.keys(entries).length === 0) continue;
    const before = all[key];
    all[key] = Array.isArray(before) ? [...before, entries] : { ...(before as Options | undefined), ...entries };
  }
  return all;
}
