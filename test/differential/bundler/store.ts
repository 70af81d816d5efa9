/** A workspace's packages as pnpm lays them out: in a store, each beside links to those that it may ask for. */
import type { Files } from "./packages.ts";
import type { GeneratedWorkspace } from "./workspace.ts";

const INSTALLED = /^node_modules\/((?:@[^/]+\/)?[^/]+)\/(.*)$/;

/** Moves the root's packages to `node_modules/.pnpm`; those installed elsewhere stay. */
export function inStore({ files, links, app }: GeneratedWorkspace): GeneratedWorkspace {
  const moved: Files = {};
  const names = new Set<string>();
  for (const [path, text] of Object.entries(files)) {
    const [, name, inner] = INSTALLED.exec(path) ?? [];
    if (name !== undefined) names.add(name);
    moved[name === undefined ? path : `${folderOf(name)}/${name}/${inner}`] = text;
  }
  const made: Record<string, string> = { ...links };
  for (const name of names) {
    made[`node_modules/${name}`] = `${up(name)}${folderOf(name).slice("node_modules/".length)}/${name}`;
    for (const other of names) {
      if (other === name) continue;
      const place = folderOf(other).slice("node_modules/.pnpm/".length);
      made[`${folderOf(name)}/${other}`] = `${up(other)}../../${place}/${other}`;
    }
  }
  return { files: moved, links: made, app };
}

function folderOf(name: string): string {
  return `node_modules/.pnpm/${name.replace("/", "+")}@1/node_modules`;
}

/** From the folder of a link to the `node_modules` that it is in. */
function up(name: string): string {
  return name.includes("/") ? "../" : "";
}
