/** A copy of the demo workspace that a test may edit; its installed packages are linked, not copied. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { shop } from "../tools/install.mjs";

export function copyShop() {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "federation-lens-shop-")));
  fs.cpSync(shop, root, {
    recursive: true,
    filter: (source) => !/[\\/](?:node_modules|dist)(?:[\\/]|$)/.test(source.slice(shop.length)),
  });
  const installed = path.join(root, "node_modules");
  fs.mkdirSync(installed);
  for (const name of fs.readdirSync(path.join(shop, "node_modules"))) {
    if (name !== "@shop") fs.symlinkSync(path.join(shop, "node_modules", name), path.join(installed, name));
  }
  fs.mkdirSync(path.join(installed, "@shop"));
  fs.symlinkSync("../../packages/ui", path.join(installed, "@shop/ui"));
  return { root, remove: () => fs.rmSync(root, { recursive: true, force: true }) };
}
