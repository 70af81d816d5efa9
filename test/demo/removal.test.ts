/**
 * The demo workspace without what is called unused: bundles of its apps, built by webpack and Rspack before and after, do
 * the same when they are run.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { removeUnused } from "../fixture/removeUnused.ts";

interface Copy {
  readonly root: string;
  readonly remove: () => void;
}

const { copyShop } = (await import(path.resolve(import.meta.dirname, "../e2e/shopCopy.mjs"))) as {
  readonly copyShop: () => Copy;
};

const shop = path.resolve(import.meta.dirname, "../workspaces/shop");

/** Renders an element to a text, in the app's own React. */
const RENDER = `import { PassThrough } from "node:stream";
import type { ReactElement } from "react";
import { renderToPipeableStream } from "react-dom/server";
export function render(element: ReactElement): void {
  const output = new PassThrough();
  output.on("data", (data) => process.stdout.write(data));
  const stream = renderToPipeableStream(element, { onAllReady: () => void stream.pipe(output) });
}
`;

/** What is run of each app. */
const RUNS: Readonly<Record<string, string>> = {
  catalog: `import ProductList from "./ProductList";
import { render } from "./render";
render(<ProductList names={["pear", "apple"]} />);
`,
  account: `import Profile from "./Profile";
import { render } from "./render";
render(<Profile />);
`,
  shell: `import { Badge } from "@shop/ui";
import { render } from "./render";
import { search } from "./search";
import { currentUser } from "./session";
search("pear", (found) => console.log(found));
console.log(currentUser());
render(<Badge count={3} />);
`,
};

function isInstalled(): boolean {
  try {
    const { resolve } = createRequire(path.join(shop, "apps/shell/package.json"));
    return [resolve("react"), resolve("swc-loader"), resolve("lodash-es")].every((found) => found !== "");
  } catch {
    return false;
  }
}

function run(root: string, app: string, bundler: string): string {
  const script = path.resolve(import.meta.dirname, "runApp.mjs");
  const env = { ...process.env, NODE_ENV: "production" };
  const result = spawnSync(process.execPath, [script, path.join(root, "apps", app), bundler], {
    encoding: "utf8",
    env,
  });
  if (result.status !== 0) throw new Error(result.stderr);
  return result.stdout;
}

describe.skipIf(!isInstalled())("the demo workspace behaves the same without what is called unused", () => {
  let copy: Copy | undefined;
  const cases = [
    ["catalog", "webpack"],
    ["catalog", "rspack"],
    ["account", "rspack"],
    ["shell", "webpack"],
  ] as const;
  const before = new Map<string, string>();
  let removed: ReturnType<typeof removeUnused>;

  beforeAll(() => {
    copy = copyShop();
    const { root } = copy;
    for (const [app, text] of Object.entries(RUNS)) {
      const folder = path.join(root, "apps", app, "src");
      fs.writeFileSync(path.join(folder, "render.ts"), RENDER);
      fs.writeFileSync(path.join(folder, "runAll.tsx"), text);
      fs.writeFileSync(path.join(folder, "run.ts"), 'import("./runAll");\n');
    }
    for (const [app, bundler] of cases) before.set(`${app} ${bundler}`, run(root, app, bundler));
    removed = removeUnused(root);
  }, 300_000);

  afterAll(() => copy?.remove());

  test("an import goes, and hundreds of exports", () => {
    expect(removed.imports).toBeGreaterThan(0);
    expect(removed.exports).toBeGreaterThan(300);
  });

  test.each(cases)("%s, built by %s", (app, bundler) => {
    const expected = before.get(`${app} ${bundler}`)!;
    expect(expected.length).toBeGreaterThan(20);
    expect(run(copy!.root, app, bundler)).toBe(expected);
  });
});
