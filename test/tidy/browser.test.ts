/** The core runs where there is no Node: everything in `ide/`, and so all below it, bundles for a browser. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { projectRoot } from "./sources.ts";

it("a browser bundle of ide/ has no Node built-in in it", async () => {
  const folder = join(projectRoot, "server/src/ide");
  const { outputFiles, errors, metafile } = await build({
    entryPoints: readdirSync(folder).map((file) => join(folder, file)),
    bundle: true,
    platform: "browser",
    mainFields: ["browser", "module", "main"],
    format: "esm",
    splitting: true,
    write: false,
    metafile: true,
    outdir: join(projectRoot, ".cache/browser"),
    logLevel: "silent",
  });
  expect(errors).toEqual([]);
  expect(outputFiles.length).toBeGreaterThan(0);
  const external = Object.values(metafile.inputs).flatMap(({ imports }) =>
    imports.filter((item) => item.external === true && item.path !== "<runtime>"),
  );
  expect(external.map(({ path }) => path)).toEqual([]);
}, 60_000);
