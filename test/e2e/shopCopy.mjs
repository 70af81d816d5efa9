/** A copy of the demo workspace that a test may edit; most installed packages are linked, not copied. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { shop } from "../tools/install.mjs";

/** Packages whose files are shown: copied, so that they lie inside the workspace as they would for a person. */
const ANALYSED = new Set(["lodash-es", "react", "react-dom", "scheduler"]);

export function copyShop() {
  const parent = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "federation-lens-")));
  const root = path.join(parent, "shop");
  fs.cpSync(shop, root, {
    recursive: true,
    filter: (source) => !/[\\/](?:node_modules|dist)(?:[\\/]|$)/.test(source.slice(shop.length)),
  });
  const installed = path.join(root, "node_modules");
  fs.mkdirSync(installed);
  for (const name of fs.readdirSync(path.join(shop, "node_modules"))) {
    const source = path.join(shop, "node_modules", name);
    if (ANALYSED.has(name)) fs.cpSync(source, path.join(installed, name), { recursive: true });
    else if (name !== "@shop") fs.symlinkSync(source, path.join(installed, name));
  }
  fs.mkdirSync(path.join(installed, "@shop"));
  fs.symlinkSync("../../packages/ui", path.join(installed, "@shop/ui"));
  return { root, remove: () => fs.rmSync(parent, { recursive: true, force: true }) };
}
