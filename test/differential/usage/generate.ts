/**
 * Small federated programs from a seed: shared libraries of every export shape, and modules that take exports in every way
 * that the syntax has, in every place where a bundler may or may not count it.
 */
import { LIBRARIES, type Library } from "./libraries.ts";
import { Random } from "./random.ts";
import { wideProgram } from "./wideProgram.ts";

export interface Program {
  readonly seed: number;
  /** Texts by path from the program's folder. */
  readonly files: Readonly<Record<string, string>>;
  readonly entry: string;
  readonly shared: readonly string[];
  readonly exposes: Readonly<Record<string, string>>;
  /** The compiler options of its TypeScript and JSX; absent where it has none. */
  readonly compiled?: Readonly<Record<string, string | boolean>>;
}

/** What a module may be imported for. */
interface Source {
  readonly request: string;
  readonly names: readonly string[];
  readonly commonJs: boolean;
  /** Only names that exist are imported: asking a flagged module for others is a broken program. */
  readonly exact?: boolean;
}

interface Written {
  readonly head: string[];
  readonly body: string[];
  readonly exported: Set<string>;
  count: number;
}

const KEYS = ["a", "b", "c", "x", "y"];

/** Seeds from here on are of programs with more forms. */
export const WIDE_SEEDS = 1_000_000;

export function generateProgram(seed: number): Program {
  return seed >= WIDE_SEEDS ? wideProgram(seed) : plainProgram(seed);
}

function plainProgram(seed: number): Program {
  const random = new Random(seed);
  const libraries = random.some(LIBRARIES, 1 + random.below(3));
  const flagged = random.chance(0.3);
  const files: Record<string, string> = {};
  for (const { name, files: own } of libraries) {
    for (const [path, text] of Object.entries(own)) files[`node_modules/${name}/${path}`] = text;
  }
  const sources: Source[] = libraries.map(sourceOf);
  const count = 1 + random.below(5);
  const modules: Source[] = [];
  for (let index = count - 1; index >= 0; index--) {
    const request = `./m${index}.js`;
    const later = random.some(modules, random.below(3));
    const { text, source } = generateModule(
      random,
      request,
      [...random.some(sources, 1 + random.below(2)), ...later],
      flagged,
    );
    files[`src/m${index}.js`] = text;
    modules.push(source);
  }
  const roots = random.some(modules, 1 + random.below(2));
  files["src/main.js"] = generateModule(
    random,
    "./main.js",
    [...new Set([...roots, modules.at(-1)!])],
    flagged,
    false,
  ).text;
  files["src/index.js"] = random.chance(0.7) ? "import('./main.js');\n" : "import './main.js';\n";
  const sideEffects = flagged ? { sideEffects: random.chance(0.7) ? false : ["./src/m0.js", "**/main.js"] } : {};
  const dependencies = Object.fromEntries(libraries.map(({ name }) => [name, "^1.0.0"]));
  files["package.json"] = JSON.stringify({ name: "app", version: "1.0.0", dependencies, ...sideEffects });
  const exposes: Record<string, string> = random.chance(0.15) ? { "./M": `./src/m${random.below(count)}.js` } : {};
  return { seed, files, entry: "./src/index.js", shared: libraries.map(({ name }) => name), exposes };
}

function sourceOf({ name, names, commonJs }: Library): Source {
  return { request: name, names, commonJs };
}

function generateModule(
  random: Random,
  request: string,
  sources: readonly Source[],
  flagged: boolean,
  exporting = true,
): { readonly text: string; readonly source: Source } {
  const commonJs = random.chance(0.18);
  const written: Written = { head: [], body: [], exported: new Set(), count: 0 };
  for (const source of sources) {
    const times = 1 + random.below(2);
    for (let index = 0; index < times; index++) {
      if (commonJs) writeRequire(random, written, source);
      else writeImport(random, written, source, exporting);
    }
  }
  if (random.chance(0.25)) written.body.push("console.log(1);");
  if (exporting && !commonJs && random.chance(0.3)) {
    written.body.push("export const plain = 1;");
    written.exported.add("plain");
  }
  const text = `${[...written.head, ...written.body].join("\n")}\n`;
  const names = [...written.exported, ...(flagged ? [] : ["missing"])];
  return { text, source: { request, names, commonJs, exact: flagged } };
}

function fresh(written: Written, prefix: string): string {
  return `${prefix}${written.count++}`;
}

/** A use of a value: `of` is the name of a binding. */
function useOf(random: Random, of: string, written: Written): string {
  const key = random.pick(KEYS);
  const other = random.pick(KEYS);
  const local = fresh(written, "v");
  return random.pick([
    `sink(${of});`,
    `${of}();`,
    `sink(${of}.${key});`,
    `${of}.${key}();`,
    `${of}.${key}.${other}();`,
    `sink(${of}.${key}.${other});`,
    `sink(${of}?.${key});`,
    `sink(${of}.${key}?.${other});`,
    `${of}.${key}?.();`,
    `sink(${of}["${key}"]);`,
    `sink(${of}[${JSON.stringify(key)} + sink]);`,
    `new ${of}.${key}();`,
    `new ${of}();`,
    `sink(typeof ${of}.${key});`,
    `${of}\`t\`;`,
    `${of}.${key}\`t\`;`,
    `const { ${key}: ${local} } = ${of}; sink(${local});`,
    `const { ${key}: { ${other}: ${local} } } = ${of}; sink(${local});`,
    `const { ${key}: ${local} = 1 } = ${of}; sink(${local});`,
    `const { ${key}: ${local}, ...rest${local} } = ${of}; sink(${local}, rest${local});`,
    `const { ${key}: ${local} } = ${of}.${other}; sink(${local});`,
    `const {} = ${of};`,
    `let ${local}; ({ ${key}: ${local} } = ${of}); sink(${local});`,
    `sink({ ${of} });`,
    `sink({ ...${of} });`,
    `sink("${key}" in ${of});`,
    `(0, ${of}.${key})();`,
    `sink(${of} && ${of}.${key});`,
    `sink(\`\${${of}.${key}}\`);`,
    `sink([${of}.${key}, ${of}.${other}]);`,
    `class ${local} extends ${of}.${key} {} sink(${local});`,
    `sink((${of}.${key}).${other});`,
    `for (const ${local} of ${of}.${key}) sink(${local});`,
    `sink(({ ${local} = ${of}.${key} }) => ${local});`,
    `const ${local} = ${of}; sink(${local}.${key});`,
  ]);
}

/** A use in a place that the bundler may count or not. */
function place(random: Random, written: Written, use: string, exporting: boolean): string {
  const name = fresh(written, "f");
  const exported = exporting && random.chance(0.5);
  const prefix = exported ? "export " : "";
  if (exported) written.exported.add(name);
  const called = random.chance(0.3) ? `\n${name}();` : "";
  const value = use.replace(/^sink\((.*)\);$/, "$1");
  const isValue = value !== use && !use.includes("; ");
  const plain: string[] = [
    use,
    `${prefix}function ${name}() { ${use} }${called}`,
    `${prefix}const ${name} = () => { ${use} };${called}`,
    `${prefix}class ${name} { m() { ${use} } }`,
    `${prefix}class ${name} { static { ${use} } }`,
    `${prefix}function ${name}() { return 1; ${use} }${called}`,
    `${prefix}function ${name}(flag) { if (flag) { return inner(); } throw 1; function inner() { ${use} } }`,
    `if (false) { ${use} }`,
    `if (process.env.NODE_ENV !== "production") { ${use} }`,
    `if (process.env.NODE_ENV === "production") { ${use} } else { sink(); }`,
    `if (sink) { const ${name}b = () => { ${use} }; }`,
    `try { ${use} } catch {}`,
    `(() => { ${use} })();`,
    `(function () { ${use} })();`,
    `${prefix}const ${name} = { m() { ${use} } };`,
    `${prefix}const ${name} = /* @__PURE__ */ sink(() => { ${use} });`,
    `${prefix}let ${name} = sink(() => { ${use} });`,
    `${prefix}var ${name} = function () { ${use} };`,
    `${prefix}async function ${name}() { ${use} }`,
    `function ${name}a() { ${use} }\n${prefix}function ${name}() { ${name}a(); }${called}`,
    `function ${name}a() { ${use} ${name}(); }\n${prefix}function ${name}() { ${name}a(); }${called}`,
  ];
  const values: string[] = [
    `${prefix}const ${name} = ${value};`,
    `${prefix}const ${name} = [${value}];`,
    `${prefix}const ${name} = { k: ${value} };`,
    `${prefix}class ${name} { static k = ${value}; }`,
    `${prefix}class ${name} { k = ${value}; }`,
    `${prefix}const ${name} = sink ? ${value} : 1;`,
    `${prefix}const ${name} = /*#__PURE__*/ sink(${value});`,
    `${prefix}const ${name} = typeof (${value});`,
    `const ${name}a = ${value};\n${prefix}const ${name} = () => ${name}a;`,
    `${prefix}const ${name} = process.env.NODE_ENV === "production" ? 1 : ${value};`,
    `${prefix}const ${name} = false && ${value};`,
  ];
  return random.pick(isValue && random.chance(0.5) ? values : plain);
}

function writeImport(random: Random, written: Written, source: Source, exporting: boolean): void {
  const { request } = source;
  const names = source.names.length === 0 ? ["missing"] : source.names;
  const name = random.pick(names);
  const local = fresh(written, "i");
  const put = (use: string): void => void written.body.push(place(random, written, use, exporting));
  const used = (): void => {
    const times = random.chance(0.15) ? 0 : 1 + random.below(2);
    for (let index = 0; index < times; index++) put(useOf(random, local, written));
  };
  const kinds: readonly (() => void)[] = [
    () => {
      written.head.push(`import { ${name} as ${local} } from "${request}";`);
      used();
    },
    () => {
      written.head.push(`import * as ${local} from "${request}";`);
      used();
    },
    () => {
      written.head.push(`import ${local} from "${request}";`);
      used();
    },
    () => {
      const second = fresh(written, "i");
      written.head.push(`import ${local}, { ${name} as ${second} } from "${request}";`);
      used();
      put(useOf(random, second, written));
    },
    () => void written.head.push(`import "${request}";`),
    () => void written.head.push(`import {} from "${request}";`),
    () => writeDynamic(random, written, source, exporting),
    () => writeDynamic(random, written, source, exporting),
    () => {
      if (random.chance(0.3)) put(`sink(require("${request}").${random.pick(KEYS)});`);
      else used();
      written.head.push(`import { ${name} as ${local} } from "${request}";`);
    },
    ...(exporting ? [1, 2] : []).map(() => () => writeReexport(random, written, source, name, local)),
  ];
  const chosen = random.below(kinds.length);
  const broken = source.exact === true && (source.names.length === 0 || !source.names.includes("default"));
  // The third and fourth import a default.
  if (broken && (source.names.length === 0 || chosen === 2 || chosen === 3)) written.head.push(`import "${request}";`);
  else kinds[chosen]!();
}

function writeReexport(random: Random, written: Written, source: Source, name: string, local: string): void {
  const { request, names } = source;
  const exported = random.pick(["r0", "r1", "a", "b", "default"]);
  const again = written.exported.has(exported);
  const kind = random.below(source.exact === true && !source.names.includes("default") ? 5 : 7);
  if (kind === 0) written.head.push(`export * from "${request}";`);
  if (kind === 0 || again) {
    if (kind === 0) for (const item of ["a", "b"]) if (names.includes(item)) written.exported.add(item);
    if (kind === 0 && random.chance(0.5)) return;
    if (again) return;
  }
  written.exported.add(exported);
  if (kind <= 1) written.head.push(`export { ${name} as ${exported} } from "${request}";`);
  else if (kind === 2) written.head.push(`export * as ${exported} from "${request}";`);
  else if (kind === 3)
    written.head.push(`import { ${name} as ${local} } from "${request}";`, `export { ${local} as ${exported} };`);
  else if (kind === 4)
    written.head.push(`import * as ${local} from "${request}";`, `export { ${local} as ${exported} };`);
  else if (exported === "default")
    written.head.push(`import ${kind === 5 ? `* as ${local}` : local} from "${request}";`, `export default ${local};`);
  else written.head.push(`import ${local} from "${request}";`, `export { ${local} as ${exported} };`);
}

function writeDynamic(random: Random, written: Written, { request, names }: Source, exporting: boolean): void {
  const key = random.pick([...names, ...KEYS]);
  const other = random.pick(KEYS);
  const local = fresh(written, "d");
  const call = `import("${request}")`;
  const use = random.pick([
    `${call};`,
    `${call}.then(({ ${key}: ${local} }) => sink(${local}));`,
    `${call}.then(({ ${key}: { ${other}: ${local} } }) => sink(${local}));`,
    `${call}.then((${local}) => sink(${local}.${key}));`,
    `${call}.then((${local}) => ${local}.${key}());`,
    `${call}.then((${local}) => ${local}.${key}.${other}());`,
    `${call}.then((${local}) => sink(${local}));`,
    `${call}.then(function (${local}) { const { ${key}: q } = ${local}; sink(q); });`,
    `${call}.then(() => sink());`,
    `${call}.then(sink);`,
    `${call}.then(sink, sink);`,
    `import(/* webpackExports: ["${key}"] */ "${request}");`,
    `import(/* webpackExports: "${key}" */ "${request}").catch(sink);`,
    `(async () => { const ${local} = await ${call}; sink(${local}.${key}); })();`,
    `(async () => { const ${local} = await ${call}; ${local}.${key}(); ${local}.${other}.${key}(); })();`,
    `(async () => { const { ${key}: ${local} } = await ${call}; sink(${local}); })();`,
    `(async () => { const ${local} = await ${call}; const { ${key}: q } = ${local}; sink(q); })();`,
    `(async () => { const ${local} = await ${call}; sink(${local}); })();`,
    `(async () => { sink((await ${call}).${key}); })();`,
    `(async () => { await ${call}; })();`,
    `(async () => { let ${local}; ({ ${key}: ${local} } = await ${call}); sink(${local}); })();`,
    `const ${local} = () => ${call};`,
    `const ${local} = ${call}; sink(${local});`,
  ]);
  written.body.push(place(random, written, use, exporting));
}

function writeRequire(random: Random, written: Written, { request, names }: Source): void {
  const key = random.pick([...names, ...KEYS]);
  const other = random.pick(KEYS);
  const local = fresh(written, "q");
  const exported = random.pick(["a", "b", "r0", "r1"]);
  const call = `require("${request}")`;
  const take = (name: string, text: string): string => {
    written.exported.add(name);
    return text;
  };
  const kinds: readonly (() => string)[] = [
    () => `${call};`,
    () => `sink(${call});`,
    () => `sink(${call}.${key});`,
    () => `${call}.${key}();`,
    () => `${call}.${key}.${other}();`,
    () => `${call}();`,
    () => `new (${call}.${key})();`,
    () => `sink(${call}["${key}"]);`,
    () => `sink(${call}[sink]);`,
    () => `const { ${key}: ${local} } = ${call}; sink(${local});`,
    () => `const { ${key}: ${local}, ...rest${local} } = ${call}; sink(${local});`,
    () => `const ${local} = ${call}; ${useOf(random, local, written)}`,
    () => `const ${local} = ${call}; ${useOf(random, local, written)} ${useOf(random, local, written)}`,
    () => `const ${local} = ${call};`,
    () => `let ${local} = ${call}; sink(${local}.${key});`,
    () => `var ${local} = ${call}; sink(${local});`,
    () => take(exported, `exports.${exported} = ${call}.${key};`),
    () => take(exported, `exports.${exported} = ${call};`),
    () => take(exported, `const ${local} = ${call};\nexports.${exported} = ${local}.${key};`),
    () =>
      take(
        exported,
        `Object.defineProperty(exports, "${exported}", { enumerable: true, get: function () { return ${call}.${key}; } });`,
      ),
    () => take(exported, `exports.${exported} = () => ${call}.${key};`),
    () => take("a", `module.exports = ${call};`),
    () => take("a", `module.exports = { a: ${call}.${key}, m() { return ${call}.${other}; } };`),
    () => take(exported, `exports.${exported} = function () { return this.a; };\nexports.a = ${call}.${key};`),
    () => take(exported, `exports.${exported} = 1;\nsink(exports.${exported}, ${call}.${key});`),
    () => take(exported, `const ${local} = ${call};\nsink(exports); exports.${exported} = ${local}.${key};`),
    () => `if (process.env.NODE_ENV === "production") { sink(${call}.${key}); } else { sink(${call}.${other}); }`,
    () => take(exported, `function ${local}() { return ${call}.${key}; }\nexports.${exported} = ${local};`),
    () => `try { ${call}; } catch {}`,
    () => `sink(sink ? ${call}.${key} : ${call}.${other});`,
    () => `import("${request}").then((${local}) => sink(${local}.${key}));`,
  ];
  written.body.push(random.pick(kinds)());
}
