/**
 * Writes a seeded federated monorepo: apps on webpack and Rspack, one shared workspace package, fake installed packages.
 * The same seed and size give the same bytes. Sizes count source modules of the workspace, without `node_modules`.
 *
 *   node test/bench/generate.mjs DIRECTORY [modules] [seed]
 */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** mulberry32: small, seeded, the same everywhere. */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const LIBRARIES = {
  react: {
    version: "18.3.1",
    names: ["createElement", "useState", "useEffect", "useMemo", "useRef", "memo", "Fragment"],
  },
  "lodash-es": {
    version: "4.17.21",
    names: ["debounce", "throttle", "map", "groupBy", "sortBy", "merge", "get", "set"],
  },
  "date-kit": { version: "3.6.0", names: ["format", "parse", "addDays", "isBefore", "differenceInDays"] },
  "query-kit": { version: "5.2.0", names: ["useQuery", "useMutation", "QueryClient", "QueryProvider"] },
};
const MODULES_PER_APP = 700;

/** @returns the number of source modules and bytes written */
export function generate(root, modules = 2847, seed = 1) {
  const next = random(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const appCount = Math.max(4, Math.round(modules / MODULES_PER_APP));
  const sharedModules = Math.max(20, Math.round(modules * 0.05));
  const perApp = Math.floor((modules - sharedModules) / appCount);
  let written = 0;
  let bytes = 0;
  const madeDirectories = new Set();
  const write = (file, text, isModule = false) => {
    const full = path.join(root, file);
    const directory = path.dirname(full);
    if (!madeDirectories.has(directory)) {
      fs.mkdirSync(directory, { recursive: true });
      madeDirectories.add(directory);
    }
    fs.writeFileSync(full, text);
    if (isModule) {
      written++;
      bytes += text.length;
    }
  };

  write(
    "package.json",
    `${JSON.stringify({ name: "bench", private: true, workspaces: ["apps/*", "packages/*"] }, null, 2)}\n`,
  );
  write(
    "tsconfig.json",
    `${JSON.stringify({ compilerOptions: { jsx: "react-jsx", moduleResolution: "bundler", module: "esnext", strict: true } }, null, 2)}\n`,
  );
  for (const [name, { version, names }] of Object.entries(LIBRARIES)) {
    write(
      `node_modules/${name}/package.json`,
      JSON.stringify({ name, version, module: "index.js", main: "index.js", sideEffects: false }),
    );
    write(
      `node_modules/${name}/index.js`,
      `${names.map((item) => `export function ${item}(value) {\n  return value;\n}\n`).join("")}export default {};\n`,
    );
    if (name === "react") {
      for (const sub of ["jsx-runtime", "jsx-dev-runtime"])
        write(
          `node_modules/react/${sub}.js`,
          "export function jsx() {}\nexport function jsxs() {}\nexport const Fragment = 0;\n",
        );
    }
  }

  /** A component of about 3.5 KB: imports, a body that uses them, types, JSX, strings, comments, templates. */
  const moduleText = (index, imports) => {
    const lines = [];
    const uses = [];
    for (const [name, { names }] of Object.entries(LIBRARIES)) {
      if (next() > (name === "react" ? 0.9 : 0.35)) continue;
      const taken = names.filter(() => next() < 0.4);
      if (taken.length === 0) continue;
      lines.push(`import { ${taken.join(", ")} } from "${name}";`);
      for (const item of taken) if (next() > 0.05) uses.push(item);
    }
    imports.forEach((specifier, at) => {
      lines.push(`import { Part as Part${at} } from "${specifier}";`);
    });
    lines.push(
      "",
      `/** What the part ${index} of the page shows; it's "one" of many. */`,
      `export interface Part${index}Props {`,
    );
    for (let at = 0; at < 6; at++)
      lines.push(
        `  readonly field${at}: ${pick(["string", "number", "boolean", "readonly string[]", "Map<string, number>"])};`,
      );
    lines.push("}", "");
    for (const [at, name] of uses.entries()) {
      lines.push(`export function step${at}(input: string, count = ${index}) {`);
      lines.push(`  // Don't run ${name} more than once for the same input.`);
      lines.push(`  const result = ${name}(input.replace(/[^a-z"']+/gi, "-"));`);
      lines.push(
        "  if (count > 3 && input.length / 2 > count) {",
        "    return `${input}: ${String(result)} of ${count}`;",
        "  }",
        "  return String(result);",
        "}",
        "",
      );
    }
    for (let at = 0; at < 8; at++) {
      lines.push(
        `const table${at} = { id: ${index * 8 + at}, label: "${pick(["cart", "search", "order", "price"])} ${at}", when: [${at}, ${at + 1}, ${at + 2}] } as const;`,
      );
    }
    lines.push(
      "",
      `export function Part(props: Part${index}Props) {`,
      `  const rows = [${Array.from({ length: 8 }, (_, at) => `table${at}`).join(", ")}];`,
      "  return (",
      `    <section className="part" data-index={${index}}>`,
      `      <h2>It's part ${index}</h2>`,
    );
    for (const at of imports.keys()) lines.push(`      <Part${at} field0={String(props.field0)} />`);
    lines.push(
      "      <ul>",
      "        {rows.map((row) => (",
      "          <li key={row.id}>{row.label}: {row.when.join(', ')}</li>",
      "        ))}",
      "      </ul>",
      "    </section>",
      "  );",
      "}",
      "",
    );
    while (lines.join("\n").length < 3300)
      lines.push(`export const note${lines.length} = "${"lorem ipsum dolor sit amet ".repeat(3).trim()}";`);
    return `${lines.join("\n")}\n`;
  };

  write(
    "packages/ui/package.json",
    `${JSON.stringify({ name: "@bench/ui", version: "1.0.0", main: "src/index.ts", sideEffects: false, dependencies: { react: "^18.2.0" } }, null, 2)}\n`,
  );
  for (let index = 0; index < sharedModules - 1; index++)
    write(`packages/ui/src/part${index}.tsx`, moduleText(index, []), true);
  write(
    "packages/ui/src/index.ts",
    Array.from(
      { length: sharedModules - 1 },
      (_, index) => `export { Part as Ui${index} } from "./part${index}";\n`,
    ).join(""),
    true,
  );
  fs.mkdirSync(path.join(root, "node_modules/@bench"), { recursive: true });
  fs.symlinkSync(path.join("..", "..", "packages", "ui"), path.join(root, "node_modules/@bench/ui"), "dir");

  for (let app = 0; app < appCount; app++) {
    const base = `apps/app${app}`;
    const dependencies = { "@bench/ui": "workspace:*" };
    for (const [name, { version }] of Object.entries(LIBRARIES)) dependencies[name] = `^${version.split(".")[0]}.0.0`;
    write(
      `${base}/package.json`,
      `${JSON.stringify({ name: `@bench/app${app}`, version: "1.0.0", dependencies }, null, 2)}\n`,
    );
    const remotes = [(app + 1) % appCount, (app + 2) % appCount].filter((other) => other !== app);
    const rspack = app % 2 === 1;
    write(
      `${base}/${rspack ? "rspack" : "webpack"}.config.js`,
      `const { ModuleFederationPlugin } = require("${rspack ? "@module-federation/enhanced/rspack" : "@module-federation/enhanced/webpack"}");
const { dependencies } = require("./package.json");

module.exports = {
  mode: "production",
  context: __dirname,
  entry: "./src/index.ts",
  resolve: { extensions: [".tsx", ".ts", ".js"] },
  plugins: [
    new ModuleFederationPlugin({
      name: "app${app}",
      filename: "remoteEntry.js",
      remotes: { ${remotes.map((other) => `app${other}: "app${other}@http://localhost:${3000 + other}/remoteEntry.js"`).join(", ")} },
      exposes: { "./Page": "./src/page0.tsx" },
      shared: {
        react: { singleton: true, requiredVersion: dependencies.react },
        "react/": { singleton: true },
        "lodash-es": dependencies["lodash-es"],
        "date-kit": {},
        "query-kit": { singleton: true },
        "@bench/ui": { singleton: true, requiredVersion: false },
      },
    }),
  ],
};
`,
    );
    write(`${base}/src/index.ts`, 'void import("./bootstrap");\n', true);
    const total = perApp - 2;
    const nameOf = (index) => (index === 0 ? "page0" : `area${Math.floor(index / 40)}/part${index}`);
    const importsOf = (index) => {
      const list = [];
      for (let child = index * 3 + 1; child <= index * 3 + 3 && child < total; child++) {
        const relative = path.posix.relative(path.posix.dirname(nameOf(index)), nameOf(child));
        list.push(relative.startsWith(".") ? relative : `./${relative}`);
      }
      return list;
    };
    write(
      `${base}/src/bootstrap.tsx`,
      `import { Part as Page } from "./page0";\nimport { Ui0, Ui1 } from "@bench/ui";\nexport const start = () => [Page, Ui0, Ui1, import("app${remotes[0]}/Page")];\n`,
      true,
    );
    for (let index = 0; index < total; index++)
      write(`${base}/src/${nameOf(index)}.tsx`, moduleText(index, importsOf(index)), true);
  }
  return { modules: written, bytes, apps: appCount };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [directory, modules, seed] = process.argv.slice(2);
  if (directory === undefined) {
    process.stderr.write("usage: node test/bench/generate.mjs DIRECTORY [modules] [seed]\n");
    process.exit(2);
  }
  process.stdout.write(`${JSON.stringify(generate(directory, Number(modules ?? 2847), Number(seed ?? 1)))}\n`);
}
