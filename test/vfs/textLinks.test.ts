/** Links in `node_modules` that were checked out as text, as git does where links are not supported. */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createNodeHost } from "../../server/src/host/nodeHost.ts";

const root = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "fedlens-links-"));
const write = (file: string, text: string): void => {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), text);
};
write("packages/ui/index.js", "export {};");
write("node_modules/@acme/ui", "../../packages/ui");
write("node_modules/note", "../nowhere");
write("src/ui", "../packages/ui");

afterAll(() => fs.rmSync(root, { recursive: true }));

describe("a link that is text", () => {
  const host = createNodeHost();

  it("is the folder that it names", () => {
    expect(host.readDirectory(`${root}/node_modules/@acme`)).toEqual([{ name: "ui", kind: "directory", link: true }]);
    expect(host.readDirectory(`${root}/node_modules/@acme/ui`)?.map(({ name }) => name)).toEqual(["index.js"]);
    expect(host.readFile(`${root}/node_modules/@acme/ui/index.js`)).toEqual({ kind: "text", text: "export {};" });
    expect(host.realPath(`${root}/node_modules/@acme/ui/index.js`)).toBe(`${root}/packages/ui/index.js`);
  });

  it("is a file where it names none, and elsewhere than in node_modules", () => {
    const kinds = (folder: string) =>
      host.readDirectory(`${root}/${folder}`)?.map(({ name, kind }) => `${name} ${kind}`);
    expect(kinds("node_modules")).toEqual(["@acme directory", "note file"]);
    expect(kinds("src")).toEqual(["ui file"]);
  });
});
