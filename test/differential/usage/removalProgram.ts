/** Random programs that log what they take of shared libraries: what they print tells whether something went that was used. */
import type { Program } from "./generate.ts";
import { Random } from "./random.ts";

const NAMES = ["alpha", "beta", "gamma", "delta", "epsilon"];

/** Without effects, with them, and in CommonJS. */
const LIBRARIES = ["kit", "lib", "loud", "old"] as const;
const ES_LIBRARIES = ["kit", "lib", "loud"] as const;

function library(name: string): string {
  const item = (own: string): string => `{ id: "${name}.${own}", of() { return "${own}"; } }`;
  if (name === "old")
    return `console.log("old runs");\n${NAMES.map((own) => `exports.${own} = ${item(own)};`).join("\n")}\n`;
  const exports = NAMES.map((own) => `export const ${own} = ${item(own)};`);
  return [
    ...(name === "loud" ? ['console.log("loud runs");'] : []),
    ...exports,
    `export default ${item("own")};\n`,
  ].join("\n");
}

/** Code of a module that takes something of a library, as lines; names end in `mark`, which no other code of it has. */
type Form = (random: Random, mark: string) => readonly string[];

const FORMS: readonly Form[] = [
  (random, mark) => {
    const [taken = "", ...idle] = random.some(NAMES, 1 + random.below(3)).map((name) => `${name} as ${name}${mark}`);
    const local = taken.split(" ").at(-1);
    const clause = [...(random.chance(0.5) ? idle : []), taken, ...idle.slice(1)].filter(
      (name, at, all) => all.indexOf(name) === at,
    );
    return [`import { ${clause.join(", ")} } from "${random.pick(LIBRARIES)}";`, `log(${local}.id, ${local}.of());`];
  },
  (random, mark) => [
    `import { ${random
      .some(NAMES, 2)
      .map((name) => `${name} as ${name}${mark}`)
      .join(", ")} } from "${random.pick(LIBRARIES)}";`,
  ],
  (random, mark) => [`import own${mark} from "${random.pick(ES_LIBRARIES)}";`, `log(own${mark}.id);`],
  (random, mark) => [
    `import own${mark}, { ${random.pick(NAMES)} as some${mark} } from "${random.pick(ES_LIBRARIES)}";`,
    `log(${random.pick([`own${mark}`, `some${mark}`])}.id);`,
  ],
  (random, mark) => [
    `import * as all${mark} from "${random.pick(LIBRARIES)}";`,
    random.pick([
      `log(all${mark}.${random.pick(NAMES)}.id);`,
      `log(Object.keys(all${mark}).sort().join());`,
      `log("${random.pick(NAMES)}" in all${mark});`,
      `log(all${mark}[["${random.pick(NAMES)}"].join()].id);`,
      `{ const { ${random.pick(NAMES)}: one, ...rest } = all${mark}; log(one.id, Object.keys(rest).length); }`,
      `{ const { ${random.pick(NAMES)}: { id } } = all${mark}; log(id); }`,
      `log(all${mark}?.${random.pick(NAMES)}?.of());`,
      "",
    ]),
  ],
  (random) => [`log((await import("${random.pick(LIBRARIES)}").then(({ ${random.pick(NAMES)}: one }) => one)).id);`],
  (random) => [`{ const { ${random.pick(NAMES)}: one } = await import("${random.pick(LIBRARIES)}"); log(one.id); }`],
  (random) => [`{ const all = await import("${random.pick(LIBRARIES)}"); log(Object.keys(all).sort().join()); }`],
  (random, mark) => [
    `import { ${random.pick(NAMES)} as idle${mark} } from "${random.pick(LIBRARIES)}";`,
    `export function never${mark}() { log(idle${mark}.id); }`,
  ],
  (random, mark) => [
    `import { ${random.pick(NAMES)} as dead${mark} } from "${random.pick(LIBRARIES)}";`,
    `if (process.env.NODE_ENV === "development") log(dead${mark}.id);`,
  ],
  (random, mark) => [`export { ${random.pick(NAMES)} as handed${mark} } from "${random.pick(LIBRARIES)}";`],
  (random) => [`import "${random.pick(LIBRARIES)}";`],
];

export function removalProgram(seed: number): Program {
  const random = new Random(seed);
  const versions = Object.fromEntries(LIBRARIES.map((name) => [name, "^1.0.0"]));
  const files: Record<string, string> = {
    "package.json": JSON.stringify({ name: "app", version: "1.0.0", dependencies: versions }),
  };
  for (const name of LIBRARIES) {
    const pure = name === "kit" || name === "lib" ? { sideEffects: false } : {};
    files[`node_modules/${name}/package.json`] = JSON.stringify({ name, version: "1.0.0", main: "index.js", ...pure });
    files[`node_modules/${name}/index.js`] = library(name);
  }
  const modules = 2 + random.below(3);
  for (let index = 0; index < modules; index++) {
    const marks = Array.from({ length: 2 + random.below(4) }, (_, at) => `${index}${at}`);
    const lines = marks.flatMap((mark) => random.pick(FORMS)(random, mark));
    files[`src/m${index}.js`] =
      `const log = (...values) => console.log("m${index}", ...values);\n${lines.join("\n")}\n`;
  }
  const handed = Object.values(files).flatMap((text) =>
    [...text.matchAll(/ as (handed\d)(\d)\b/g)].map(([, head, at]) => `${head}${at}`),
  );
  const taken = handed.filter(() => random.chance(0.5));
  const main = Array.from({ length: modules }, (_, index) => {
    const own = taken.filter((name) => name.startsWith(`handed${index}`));
    return own.length === 0 ? `import "./m${index}.js";` : `import { ${own.join(", ")} } from "./m${index}.js";`;
  });
  files["src/main.js"] = `${main.join("\n")}\n${taken.map((name) => `console.log(${name}.id);`).join("\n")}\n`;
  files["src/index.js"] = 'import("./main.js");\n';
  return { seed, files, entry: "./src/index.js", shared: [...LIBRARIES], exposes: {} };
}
