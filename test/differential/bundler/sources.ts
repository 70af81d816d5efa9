/** Source files of a generated app: every way to ask for a module, in folders with and without manifests of their own. */
import type { Files } from "./packages.ts";
import type { Random } from "./random.ts";

let serial = 0;

function statement(random: Random, request: string): string {
  const text = JSON.stringify(request);
  const name = `n${serial++}`;
  switch (random.below(16)) {
    case 0:
      return `import ${text};`;
    case 1:
      return `import * as ${name} from ${text};\nconsole.log(${name});`;
    case 2:
      return `import * as ${name} from ${text};\nconsole.log(${name}.get);`;
    case 3:
      return `import ${name} from ${text};\nconsole.log(${name});`;
    case 4:
      return `import { get as ${name} } from ${text};\nexport const ${name}x = () => ${name}(1);`;
    case 5:
      return `import { memo as ${name} } from ${text};`;
    case 6:
      return `export * from ${text};`;
    case 7:
      return `export { get as ${name} } from ${text};`;
    case 8:
      return `export * as ${name} from ${text};`;
    case 9:
      return `import(${text}).then(({ get }) => console.log(get));`;
    case 10:
      return `export const ${name} = () => import(/* webpackChunkName: "${name}" */ ${text});`;
    case 11:
      return `import { get as ${name}, beta as ${name}b, one as ${name}o } from ${text};\nexport const ${name}y = [${name}, ${name}b];\nconsole.log(${name}o);`;
    case 12:
      return `if (process.env.NODE_ENV === "${random.pick(["production", "development"])}") import(${text});`;
    default:
      return `import { get as ${name} } from ${text};\nconsole.log(${name});`;
  }
}

function requireStatement(random: Random, request: string): string {
  const text = JSON.stringify(request);
  const name = `n${serial++}`;
  switch (random.below(6)) {
    case 0:
      return `const { get: ${name} } = require(${text});\nconsole.log(${name});`;
    case 1:
      return `exports.${name} = require(${text}).get;`;
    case 2:
      return `if (process.env.NODE_ENV !== "production") require(${text});`;
    case 3:
      return `try { require(${text}); } catch (error) {}`;
    case 4:
      return `import(${text});`;
    default:
      return `const ${name} = require(${text});\nconsole.log(${name});`;
  }
}

function moduleText(random: Random, requests: readonly string[], most: number): string {
  const count = random.below(most + 1) + random.below(2);
  const chosen = Array.from({ length: count }, () => random.pick(requests));
  if (random.chance(0.2))
    return `${chosen.map((request) => requireStatement(random, request)).join("\n")}\nexports.part = 1;\n`;
  return `${chosen.map((request) => statement(random, request)).join("\n")}\nexport const part = {};\nexport const get = () => 1;\n`;
}

/** `requests` are what code may ask for beside its own files. */
export function sourceFiles(random: Random, requests: readonly string[]): Files {
  serial = 0;
  const own = ["./local", "./local.js", "./feature/part", "./feature/part.js"];
  const files: Files = {
    "src/index.js": random.chance(0.7)
      ? `import("./bootstrap");\n`
      : `${moduleText(random, requests, 2)}import "./bootstrap";\n`,
    "src/bootstrap.js": moduleText(random, [...requests, ...requests, ...own, ...own], 14),
    "src/local.js": moduleText(random, [...requests, "./feature/part.js"], 5),
    "src/feature/part.js": moduleText(random, requests, 5),
    "outside.js": "export const outside = 1;\n",
  };
  if (random.chance(0.3)) files["src/feature/package.json"] = featureManifest(random);
  if (random.chance(0.3)) files["src/feature/index.js"] = `export * from "./part";\n`;
  return files;
}

function featureManifest(random: Random): string {
  return random.pick([
    "{}",
    '{ "name": "esm-kit", "version": "7.0.0" }',
    '{ "name": "feature", "dependencies": { "core-js-like": "~18.2.0" } }',
    '{ "peerDependencies": { "core-js-like": ">=16", "esm-kit": "^4" }, "devDependencies": { "core-js-like": "^19" } }',
    '{ "dependencies": "none" }',
    '{ "sideEffects": false }',
    '{ "type": "module" }',
  ]);
}
