/** For the newest seeds: imports that are evaluated later or not at all, and what `createRequire` makes. */
import type { Further } from "./further.ts";
import type { Random } from "./random.ts";

type Kind = (random: Random, request: () => string) => Further;

const NOTHING: Further = { files: {}, statements: "", around: {}, plugins: "" };

const deferred: Kind = (random, request) => ({
  ...NOTHING,
  files: {
    "src/deferred.js": [
      `import defer * as first from ${request()};`,
      `import defer * as second from ${random.pick(['"./local.js"', '"./feature/part.js"'])};`,
      random.pick([`import defer from ${request()};`, `import * as defer from ${request()};`, "const defer = 1;"]),
      `export const later = () => [first.get, second.part, defer, import.defer(${request()})];`,
      "",
    ].join("\n"),
  },
  statements: 'import("./deferred.js");',
  around: { experiments: { deferImport: true } },
});

/** Builds for pages know no `node:module`. */
const made: Kind = (random, request) => ({
  ...NOTHING,
  files: {
    "src/made.js": [
      `import { createRequire${random.pick(["", " as make"])} } from "module";`,
      `const ${random.pick(["require", "load"])} = MAKE(import.meta.url);`,
      `export const one = LOAD(${request()});`,
      random.pick([`export const two = LOAD.resolve(${request()});`, `export const two = LOAD(${request()}).get;`]),
      `export const three = () => MAKE(import.meta.url)(${request()});`,
      "",
    ].join("\n"),
  },
  statements: 'import("./made.js");',
  around: random.chance(0.7) ? { target: random.pick(["node", "async-node"]) } : {},
});

/** The names stand in the text as its first lines have bound them. */
function bound(text: string): string {
  const maker = text.includes(" as make") ? "make" : "createRequire";
  const name = text.includes("const load") ? "load" : "require";
  return text.replaceAll("MAKE", maker).replaceAll("LOAD", name);
}

export function newest(random: Random, requests: readonly string[]): readonly Further[] {
  const request = (): string => JSON.stringify(random.pick(requests));
  return random.some([deferred, made], 0.2).map((kind) => {
    const part = kind(random, request);
    return {
      ...part,
      files: Object.fromEntries(Object.entries(part.files).map(([file, text]) => [file, bound(text)])),
    };
  });
}
