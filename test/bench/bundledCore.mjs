/** The core's own functions for benchmarks that measure a part of it: bundled, since it is written in TypeScript. */
import fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { parserOfTypeScript } from "../../server/parserOfTypeScript.mjs";

const source = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../server/src");

/** @param names exported names by file below `server/src` */
export async function bundledCore(names) {
  const folder = fs.mkdtempSync(path.join(tmpdir(), "federation-bench-"));
  const outfile = path.join(folder, "core.cjs");
  const face = Object.entries(names).map(([file, list]) => `export { ${list.join(", ")} } from "${source}/${file}";`);
  try {
    await build({
      stdin: { contents: face.join("\n"), resolveDir: source, loader: "ts" },
      outfile,
      bundle: true,
      platform: "node",
      format: "cjs",
      mainFields: ["module", "main"],
      define: { "process.env.NODE_ENV": '"production"' },
      logLevel: "warning",
      plugins: [parserOfTypeScript(source)],
    });
    return (await import(pathToFileURL(outfile).href)).default;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
