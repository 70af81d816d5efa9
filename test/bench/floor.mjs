/**
 * The floor of any analysis: reading every source file of a folder and parsing it with the fastest parser reachable from
 * Node, lazily deserialised. Needs Node 22 or later. Prints one line of JSON with milliseconds.
 *
 *   node test/bench/floor.mjs DIRECTORY PATH_OF_OXC_PARSER
 */
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [directory, parserPath] = process.argv.slice(2);
const { parseSync } = await import(pathToFileURL(parserPath).href);

const files = [];
const walk = (folder) => {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== "node_modules") walk(full);
    } else if (/\.[cm]?[jt]sx?$/.test(entry.name)) files.push(full);
  }
};
const begin = performance.now();
walk(directory);
const texts = files.map((file) => fs.readFileSync(file, "utf8"));
const read = performance.now() - begin;
for (const [index, file] of files.entries()) {
  const result = parseSync(file, texts[index], { experimentalLazy: true });
  void result.program;
  result.dispose?.();
}
const parse = performance.now() - begin - read;
process.stdout.write(`${JSON.stringify({ files: files.length, read: Math.round(read), parse: Math.round(parse) })}\n`);
