/**
 * Links that were stored as text: where links are not supported, git checks out a link as a small file that holds its
 * target. In `node_modules` such a file stands for the package that it names.
 */
import fs from "node:fs";
import path from "node:path";

/** Longer files are no links. */
const LONGEST_TARGET = 300;
const IN_NODE_MODULES = /\/node_modules(?:\/@[^/]+)?$/;

export class TextLinks {
  /** By the link's own path. */
  readonly #targets = new Map<string, string>();

  /** Whether a file of a folder is such a link to a folder; remembered then. */
  isLink(directory: string, name: string): boolean {
    if (!IN_NODE_MODULES.test(directory) || name.startsWith(".")) return false;
    const place = `${directory}/${name}`;
    try {
      if (fs.statSync(place).size > LONGEST_TARGET) return false;
      const text = fs.readFileSync(place, "utf8");
      const target = /^\.\.?\/[^\n\0]*$/.test(text) ? path.resolve(directory, text) : undefined;
      if (target === undefined || !fs.statSync(target).isDirectory()) return false;
      this.#targets.set(place, target.replaceAll("\\", "/"));
      return true;
    } catch {
      return false;
    }
  }

  /** The path with a leading link replaced by its target. */
  follow(given: string): string {
    for (const [place, target] of this.#targets) {
      if (given === place || given.startsWith(`${place}/`)) return target + given.slice(place.length);
    }
    return given;
  }
}
