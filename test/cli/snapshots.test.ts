/** Two repositories that are analysed apart: one tells what it is with `fedlens index`, the other merges that. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CheckResult } from "../../server/src/ide/checkResult.ts";
import { builtCli, runCli } from "../fixture/builtCli.ts";
import { type DiskWorkspace, diskWorkspace, FILES } from "../fixture/diskWorkspace.ts";

let cli: string;
let shell: DiskWorkspace;
let cart: DiskWorkspace;

beforeAll(() => {
  cli = builtCli("snapshots");
});
beforeEach(() => {
  shell = diskWorkspace({
    "apps/shell/src/bootstrap.js": 'import { debounce } from "lodash-es";\n\ndebounce(() => import("cart/Buton"));\n',
  });
  for (const file of Object.keys(FILES)) if (file.startsWith("apps/cart/")) shell.remove(file);
  cart = diskWorkspace({
    "apps/cart/package.json": '{ "name": "cart", "dependencies": { "lodash-es": "~4.18.0" } }\n',
    "node_modules/lodash-es/package.json": '{ "name": "lodash-es", "version": "4.18.1", "main": "lodash.js" }\n',
  });
  for (const file of Object.keys(FILES)) if (file.startsWith("apps/shell/")) cart.remove(file);
});
afterEach(() => {
  shell.dispose();
  cart.dispose();
});

const run = (at: DiskWorkspace, ...args: string[]) => runCli(cli, args, { cwd: at.root });
const json = (at: DiskWorkspace, ...args: string[]) => JSON.parse(run(at, ...args, "--json").stdout);

/** The path of a repository's snapshot. */
function snapshot(of: DiskWorkspace): string {
  const file = of.path("federation.json");
  expect(run(of, "index", "--out", file).code).toBe(0);
  return file;
}

interface Consumer {
  readonly container: string;
  readonly version: string;
  readonly provider: string;
  readonly possibilities: readonly unknown[];
}

const consumersOf = (document: { scopes: { default: { "lodash-es": { consumers: readonly Consumer[] } } } }) =>
  document.scopes.default["lodash-es"].consumers.map(({ container, version, provider, possibilities }) => [
    container,
    version,
    provider,
    possibilities.length,
  ]);

describe("snapshots of other repositories", () => {
  it("tell what containers are, without a path of the machine", () => {
    const text = run(cart, "index").stdout;
    expect(text).not.toContain(cart.root);
    const document = JSON.parse(text);
    expect(document.schema).toBe("federation-lens/index@1");
    expect(document.containers).toMatchObject([
      {
        name: "cart",
        exposes: ["./Button"],
        consumes: [{ shareKey: "lodash-es", requiredVersion: "~4.18.0", singleton: true, usedExports: ["debounce"] }],
        provides: [{ shareKey: "lodash-es", version: "4.18.1", resource: "node_modules/lodash-es/lodash.js" }],
        complete: { shared: true, exposes: true, remotes: true },
      },
    ]);
    expect(JSON.parse(run(shell, "index").stdout).containers[0].remotes).toMatchObject([
      { alias: "cart", requests: ["./Buton"] },
    ]);
  });

  it("let a host see which version its remote brings, and a remote its host", () => {
    expect(consumersOf(json(shell, "resolve"))).toEqual([["shell", "4.17.21", "shell", 3]]);
    const expected = [
      ["cart", "4.18.1", "cart", 0],
      ["shell", "4.18.1", "cart", 0],
    ];
    expect(consumersOf(json(shell, "resolve", "--from", snapshot(cart))).sort()).toEqual(expected);
    expect(consumersOf(json(cart, "resolve", "--from", snapshot(shell))).sort()).toEqual(expected);
  });

  it("let a host's imports be checked against what a remote exposes, and nothing be said of the other's files", () => {
    const codes = (...args: string[]) =>
      (json(shell, "check", ...args) as CheckResult).findings.map(({ code, file }) => `${code} ${file}`);
    expect(codes()).toEqual([]);
    expect(codes("--from", snapshot(cart))).toEqual(["remotes/missing-expose apps/shell/src/bootstrap.js"]);
  });

  it("may be manifests, named by a glob or a folder", () => {
    const manifest = {
      id: "cart",
      name: "cart",
      metaData: { name: "cart", buildInfo: { buildName: "cart" }, remoteEntry: { name: "remoteEntry.js" } },
      shared: [{ name: "lodash-es", version: "4.19.0", singleton: true, requiredVersion: "^4.19.0" }],
      remotes: [],
      exposes: [{ id: "cart:Button", name: "Button", path: "./Button" }],
    };
    cart.write("dist/cart/mf-manifest.json", JSON.stringify(manifest));
    for (const from of [cart.path("dist/**/mf-manifest.json"), cart.path("dist")]) {
      const document = json(shell, "graph", "--from", from);
      expect(document.containers.map(({ name }: { name: string }) => name)).toEqual(["shell", "cart"]);
      expect(json(shell, "check", "--from", from).findings).toMatchObject([{ code: "remotes/missing-expose" }]);
      expect(json(shell, "resolve", "--from", from).scopes.default["lodash-es"].providers).toMatchObject([
        { container: "shell", version: "4.17.21" },
        { container: "cart", version: "4.19.0" },
      ]);
    }
  });

  it("leave out what the workspace has itself", () => {
    const document = json(cart, "graph", "--from", snapshot(cart));
    expect(document.containers).toHaveLength(1);
  });

  it("are wrong usage where there are none", () => {
    shell.write("other.json", "{}");
    for (const from of ["none.json", "none/*.json", "other.json", "node_modules"]) {
      const { code, stdout, stderr } = run(shell, "check", "--from", from);
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain("--from");
    }
  });

  it("stand in the drawings", () => {
    const from = snapshot(cart);
    expect(run(shell, "graph", "--from", from).stdout).toContain("cart (another repository)");
    const page = run(shell, "graph", "--format", "html", "--from", from).stdout;
    expect(page).toContain("<svg");
    expect(page).toContain("cart (another repository)");
    expect(page).not.toContain("<script");
  });
});
