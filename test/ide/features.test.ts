/** Navigation, completion, rename and the like, over a federation in memory. `$0` is the cursor. */
import { describe, expect, it } from "vitest";
import { setStrictAssertions } from "../../server/src/base/assert.ts";
import { codeLenses } from "../../server/src/ide/codeLens.ts";
import { completions } from "../../server/src/ide/completion.ts";
import { definitions } from "../../server/src/ide/definition.ts";
import { documentLinks } from "../../server/src/ide/documentLinks.ts";
import { hover } from "../../server/src/ide/hover.ts";
import { inlayHints } from "../../server/src/ide/inlayHints.ts";
import { references } from "../../server/src/ide/references.ts";
import { rename, renameTarget } from "../../server/src/ide/rename.ts";
import { outline, workspaceSymbols } from "../../server/src/ide/symbols.ts";
import type { TextEdit } from "../../server/src/rules/rule.ts";
import { type Db, fileText } from "../../server/src/vfs/vfs.ts";
import { FILES } from "../fixture/diskWorkspace.ts";
import { type OpenedFixture, openFixture } from "../fixture/openFixture.ts";

setStrictAssertions(true);

const BOOTSTRAP = "/apps/shell/src/bootstrap.js";
const BUTTON = "/apps/cart/src/Button.js";
const SHELL = "/apps/shell/webpack.config.js";
const CART = "/apps/cart/webpack.config.js";

interface Placed extends OpenedFixture {
  /** The offset of a text in a file, in its middle. */
  at(file: string, text: string): number;
  path(file: string): string;
}

function workspace(changed: Readonly<Record<string, string>> = {}): Placed {
  const all = { ...FILES, ...changed };
  const opened = openFixture(Object.fromEntries(Object.entries(all).map(([name, text]) => [`/${name}`, text])));
  const path = (file: string): string => opened.root + file;
  return {
    ...opened,
    path,
    at(file, text) {
      const found = fileText(opened.db, path(file))!.indexOf(text);
      if (found < 0) throw new Error(`${text} is not in ${file}`);
      return found + Math.floor(text.length / 2);
    },
  };
}

function shown(db: Db, root: string, places: readonly { file: string; range: { start: number; end: number } }[]) {
  return places.map(
    ({ file, range }) => `${file.slice(root.length)} ${fileText(db, file)!.slice(range.start, range.end)}`,
  );
}

function applied(db: Db, root: string, edits: readonly TextEdit[]): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const edit of [...edits].sort((left, right) => right.range.start - left.range.start)) {
    const name = edit.file.slice(root.length);
    const text = texts[name] ?? fileText(db, edit.file)!;
    texts[name] = text.slice(0, edit.range.start) + edit.newText + text.slice(edit.range.end);
  }
  return texts;
}

describe("definition", () => {
  const lead = (file: string, text: string): readonly string[] => {
    const { db, root, at, path } = workspace();
    return shown(db, root, definitions(db, path(file), at(file, text)));
  };

  it("of a remote import is the exposed file", () => expect(lead(BOOTSTRAP, '"cart/Button"')).toEqual([`${BUTTON} `]));
  it("of a shared import is its fallback, then the entry that shares it", () =>
    expect(lead(BOOTSTRAP, '"lodash-es"')).toEqual(["/node_modules/lodash-es/lodash.js ", `${SHELL} "lodash-es"`]));
  it("of a remote in a configuration is the name of its container", () =>
    expect(lead(SHELL, '"cart@http://localhost:3001/remoteEntry.js"')).toEqual([`${CART} "cart"`]));
  it("of an expose is its file", () => expect(lead(CART, '"./src/Button.js"')).toEqual([`${BUTTON} `]));
  it("of anything else is nothing", () => expect(lead(BOOTSTRAP, "debounce")).toEqual([]));
});

describe("references", () => {
  const found = (file: string, text: string, declarations: boolean): readonly string[] => {
    const { db, root, at, path } = workspace();
    return shown(db, root, references(db, path(file), at(file, text), declarations));
  };

  it("of a share key are its imports in every app, and the entries", () => {
    const imports = [`${BUTTON} "lodash-es"`, `${BOOTSTRAP} "lodash-es"`];
    expect(found(SHELL, '"lodash-es"', false)).toEqual(imports);
    expect(found(BUTTON, '"lodash-es"', true)).toEqual([
      imports[0],
      `${CART} "lodash-es"`,
      imports[1],
      `${SHELL} "lodash-es"`,
    ]);
  });
  it("of an expose are the imports of it", () => {
    expect(found(CART, '"./Button"', true)).toEqual([`${CART} "./Button"`, `${BOOTSTRAP} "cart/Button"`]);
    expect(found(BOOTSTRAP, '"cart/Button"', false)).toEqual([`${BOOTSTRAP} "cart/Button"`]);
  });
  it("of a remote are the imports through it", () =>
    expect(found(SHELL, "cart: ", true)).toEqual([`${BOOTSTRAP} "cart/Button"`, `${SHELL} cart`]));
});

describe("hover on a configuration", () => {
  const text = (file: string, place: string): string => {
    const { db, at, path } = workspace();
    return hover(db, path(file), at(file, place))?.markdown ?? "";
  };

  it("tells of a remote its address and its container", () => {
    const told = text(SHELL, "cart: ");
    for (const part of [
      "cart@http://localhost:3001/remoteEntry.js",
      "container: `cart`",
      "apps/cart/webpack.config.js",
    ])
      expect(told).toContain(part);
  });
  it("tells of an expose its file and who imports it", () => {
    const told = text(CART, '"./Button"');
    for (const part of ["apps/cart/src/Button.js", "imported by `apps/shell/src/bootstrap.js`"])
      expect(told).toContain(part);
  });
  it("tells of a shared key what its imports get", () =>
    expect(text(SHELL, '"lodash-es"')).toContain("share key `lodash-es`"));
  it("tells of any other key and value what it was evaluated to", () => {
    for (const place of ["singleton", "true"]) {
      const told = text(SHELL, place);
      expect(told).toContain("```json\ntrue\n```");
      expect(told).toContain("for ModuleFederationPlugin of `apps/shell/webpack.config.js`");
    }
  });
  it("tells why a value is not known, and what would make it known", () => {
    const changed = {
      "apps/shell/webpack.config.js": FILES["apps/shell/webpack.config.js"]!.replace(
        /"cart@[^"]*"/,
        "process.env.CART",
      ),
    };
    const { db, at, path } = workspace(changed);
    const told = hover(db, path(SHELL), at(SHELL, "process.env.CART"))?.markdown;
    expect(told).toContain("not known statically: depends on process.env.CART");
    expect(told).toContain("set CART in federationLens.env");
  });
});

describe("rename", () => {
  it("of an expose changes its key and every import", () => {
    const { db, root, at, path } = workspace();
    const offset = at(BOOTSTRAP, '"cart/Button"');
    expect(renameTarget(db, path(BOOTSTRAP), offset)?.name).toBe("./Button");
    const texts = applied(db, root, rename(db, path(BOOTSTRAP), offset, "Knob")!.edits);
    expect(Object.keys(texts).sort()).toEqual([CART, BOOTSTRAP]);
    expect(texts[CART]).toContain('exposes: { "./Knob": "./src/Button.js" }');
    expect(texts[BOOTSTRAP]).toContain('import("cart/Knob")');
  });
  it("of a remote gives quotes to a key that needs them", () => {
    const { db, root, at, path } = workspace();
    const texts = applied(db, root, rename(db, path(SHELL), at(SHELL, "cart: "), "the-cart")!.edits);
    expect(texts[SHELL]).toContain('remotes: { "the-cart": "cart@http');
    expect(texts[BOOTSTRAP]).toContain('import("the-cart/Button")');
  });
  it("refuses names that are taken or cannot be", () => {
    const { db, at, path } = workspace();
    const offset = at(CART, '"./Button"');
    expect(rename(db, path(CART), offset, "./Button")?.problem).toContain("exposed already");
    expect(rename(db, path(CART), offset, "./a b")?.problem).toContain("no key");
  });
  it("leaves a key alone that is its own value", () => {
    const text = FILES["apps/cart/webpack.config.js"]!.replace(
      '{ "./Button": "./src/Button.js" }',
      '["./src/Button.js"]',
    );
    const { db, at, path } = workspace({ "apps/cart/webpack.config.js": text });
    expect(renameTarget(db, path(CART), at(CART, '"./src/Button.js"'))).toBeUndefined();
  });
});

describe("completion", () => {
  const labels = (line: string): readonly string[] => {
    const { db, path } = workspace({ "apps/shell/src/new.js": line.replace("$0", "") });
    return completions(db, path("/apps/shell/src/new.js"), line.indexOf("$0")).map(({ label }) => label);
  };

  it("offers exposed modules and share keys in every kind of import", () => {
    for (const line of ['import x from "$0"', 'import("c$0', "const x = require('$0')", 'loadRemote("$0")'])
      expect(labels(line)).toEqual(["cart/Button", "lodash-es"]);
  });
  it("offers nothing elsewhere", () => {
    for (const line of ['const from = "$0"', "import $0", '// "$0"']) expect(labels(line)).toEqual([]);
  });
  it("replaces what is typed, up to the closing quote", () => {
    const line = 'import x from "ca$0rt/B";\n';
    const { db, path } = workspace({ "apps/shell/src/new.js": line.replace("$0", "") });
    const [item] = completions(db, path("/apps/shell/src/new.js"), line.indexOf("$0"));
    expect(line.replace("$0", "").slice(item!.range.start, item!.range.end)).toBe("cart/B");
  });
});

describe("what is shown beside the text", () => {
  it("links exposes to their files", () => {
    const { db, path } = workspace();
    expect(documentLinks(db, path(CART)).map(({ target }) => target)).toEqual([path(BUTTON)]);
  });
  it("counts the importers of each entry", () => {
    const { db, path } = workspace();
    const titles = (file: string) => codeLenses(db, path(file)).map(({ title }) => title);
    expect(titles(SHELL)).toEqual(["imported by 2 files; uses 1 of 2 exports: debounce", "imported by 1 file"]);
    expect(titles(CART)).toEqual(["imported by 2 files; uses 1 of 2 exports: debounce", "imported by 1 file"]);
  });
  it("tells the version that wins behind a shared import", () => {
    const { db, path, at } = workspace();
    const whole = { start: 0, end: 1000 };
    const [hint] = inlayHints(db, path(BOOTSTRAP), whole);
    expect(hint?.label).toBe("4.17.21");
    expect(hint?.offset).toBeGreaterThan(at(BOOTSTRAP, '"lodash-es"'));
    expect(inlayHints(db, path(BOOTSTRAP), { start: 60, end: 1000 })).toEqual([]);
  });
  it("outlines a configuration and finds its entries by name", () => {
    const { db, path } = workspace();
    const [shell] = outline(db, path(SHELL));
    expect(shell?.name).toBe("shell");
    expect(shell?.children.map(({ kind, name }) => `${kind} ${name}`)).toEqual(["shared lodash-es", "remote cart"]);
    expect(workspaceSymbols(db, "butt").map(({ container, name }) => `${container} ${name}`)).toEqual([
      "cart ./Button",
    ]);
  });
});
