/** The manifest and the README are as the settings and rules make them. `UPDATE=1` rewrites them. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rules } from "../../server/src/rules/index.ts";
import { settings } from "../../shared/src/settings.ts";
import { manifestText, rulesTable, settingsTable, withPart } from "./manifest.ts";

const root = join(import.meta.dirname, "../..");
const read = (name: string): string => readFileSync(join(root, name), "utf8").replaceAll("\r\n", "\n");

function expectFresh(name: string, text: string): void {
  if (process.env.UPDATE === "1" && read(name) !== text) writeFileSync(join(root, name), text);
  expect(read(name), `${name} is not fresh: run UPDATE=1 npm test`).toBe(text);
}

interface Manifest {
  readonly version: string;
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly markdown: string } }[] }[];
  };
}

const manifest = JSON.parse(read("package.json")) as Manifest;

describe("generated from settings and rules", () => {
  it("the manifest's configuration", () => {
    expectFresh("package.json", manifestText(read("package.json"), rules));
  });

  it("the README's tables", () => {
    const withSettings = withPart(read("README.md"), "settings", settingsTable());
    expectFresh("README.md", withPart(withSettings, "rules", rulesTable(rules)));
  });
});

describe("the manifest", () => {
  it("lists the commands that the client registers", () => {
    const source = read("client/src/commands.ts");
    const registered = [...source.matchAll(/^ {4}"(federationLens\.\w+)":/gm)].map(([, id]) => id);
    const listed = manifest.contributes.commands.map(({ command }) => command);
    expect([...listed].sort()).toEqual(registered.sort());
  });

  it("names files that exist", () => {
    const media = manifest.contributes.walkthroughs.flatMap(({ steps }) => steps.map((step) => step.media.markdown));
    expect([manifest.icon, ...media].filter((name) => !existsSync(join(root, name)))).toEqual([]);
  });

  it("has the server's version, which the change log knows", () => {
    const server = JSON.parse(read("server/package.json")) as { readonly version: string };
    expect(server.version).toBe(manifest.version);
    expect(read("CHANGELOG.md")).toContain(`## ${manifest.version}`);
  });

  it("has a default of the declared type for every setting", () => {
    const typeOf = (value: unknown): string => (Array.isArray(value) ? "array" : typeof value);
    const wrong = Object.entries(settings).filter(([, setting]) => typeOf(setting.default) !== setting.type);
    expect(wrong.map(([name]) => name)).toEqual([]);
  });
});

describe("the README", () => {
  it("leads to files that exist", () => {
    const links = [...read("README.md").matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link!);
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
    expect(links.length).toBeGreaterThan(0);
  });
});
