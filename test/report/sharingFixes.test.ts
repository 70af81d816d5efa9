/** Each recommendation about sharing: what it rests on, the edit it offers, and where it keeps silent. */
import { describe, expect, test } from "vitest";
import { sharingActions } from "../../server/src/ide/sharingActions.ts";
import type { Recommendation, RecommendationKind } from "../../server/src/report/recommendation.ts";
import { recommendations } from "../../server/src/report/recommendations.ts";
import type { Db } from "../../server/src/vfs/vfs.ts";
import { fileText } from "../../server/src/vfs/vfs.ts";
import { openFixture } from "../fixture/openFixture.ts";
import { parseFixture } from "../fixture/parseFixture.ts";

interface App {
  readonly shared: string;
  readonly code?: string;
  readonly options?: string;
  readonly plugin?: string;
  readonly dependencies?: string;
}

const KIT = `
//- /node_modules/kit/package.json
{ "name": "kit", "version": "1.4.0", "module": "index.js", "sideEffects": false }
//- /node_modules/kit/index.js
export const a = 1;
//- /node_modules/kit/part.js
export const part = 1;
`;

/** A host \`one\` with the remote \`two\`; files of a copy of \`kit\` are added to an app by its name. */
function opened(one: App, two: App, more = ""): Db {
  const remotes = 'remotes: { two: "two@http://localhost:3002/remoteEntry.js" }';
  const app = (name: string, port: number, options: string, { shared, code, plugin, dependencies }: App) => `
//- /apps/${name}/webpack.config.js
const { ModuleFederationPlugin } = require("${plugin ?? "@module-federation/enhanced/webpack"}")${plugin === undefined ? "" : ".container"};
module.exports = {
  mode: "production",
  context: __dirname,
  entry: "./src/index.js",
  devServer: { port: ${port} },
  plugins: [
    new ModuleFederationPlugin({
      name: "${name}",
      ${options},
      shared: ${shared},
    }),
  ],
};
//- /apps/${name}/package.json
{ "name": "${name}", "dependencies": ${dependencies ?? '{ "kit": "^1.0.0" }'} }
//- /apps/${name}/src/index.js
import("./app");
//- /apps/${name}/src/app.js
${code ?? 'import { a } from "kit";\nconsole.log(a);'}
`;
  const { files } = parseFixture(
    app("one", 3001, one.options ?? remotes, one) +
      app("two", 3002, two.options ?? 'filename: "remoteEntry.js", exposes: { "./app": "./src/app.js" }', two) +
      KIT +
      more,
  );
  return openFixture(files).db;
}

function only(db: Db, kind: RecommendationKind): Recommendation | undefined {
  const [found, ...others] = recommendations(db).filter((item) => item.kind === kind);
  expect(others.map(({ title }) => title)).toEqual([]);
  return found;
}

/** The file of the fix with its edits, without what surrounds \`shared\`. */
function fixed(db: Db, { fix }: Recommendation): string {
  const edits = [...fix!.edits].sort((left, right) => right.source.range.start - left.source.range.start);
  let text = fileText(db, edits[0]!.source.file)!;
  for (const { source, newText } of edits)
    text = text.slice(0, source.range.start) + newText + text.slice(source.range.end);
  return /shared: ([\s\S]*?),\n {4}\}\),/.exec(text)?.[1] ?? text;
}

const COPY_OF_TWO = `
//- /apps/two/node_modules/kit/package.json
{ "name": "kit", "version": "1.2.0", "module": "index.js" }
//- /apps/two/node_modules/kit/index.js
export const a = 1;
`;

describe("ranges", () => {
  test("a range that excludes a newer version is widened", () => {
    const db = opened({ shared: "{ kit: {} }" }, { shared: '{ kit: { requiredVersion: "~1.2.0" } }' }, COPY_OF_TWO);
    const found = only(db, "widen-range")!;
    expect(found.title).toBe("Widen the range of `kit` in two to `^1.2.0`");
    expect(found.evidence.map(({ text }) => text)).toEqual([
      "`~1.2.0` excludes 1.4.0, provided by one",
      "two loads a copy of its own, 1.2.0",
    ]);
    expect(fixed(db, found)).toBe('{ kit: { requiredVersion: "^1.2.0" } }');
  });

  test("where any version is taken, a range is written into the entry", () => {
    const db = opened({ shared: "{ kit: {} }" }, { shared: '["kit"]', dependencies: "{}" });
    const found = only(db, "narrow-range")!;
    expect(found.title).toBe("Require `^1.4.0` of `kit` in two");
    expect(fixed(db, found)).toBe('[{ "kit": { requiredVersion: "^1.4.0" } }]');
  });

  test("two versions on one page are told, and two that never meet are not", () => {
    const entry = { shared: "{ kit: {} }" };
    const found = only(opened(entry, entry, COPY_OF_TWO), "deduplicate")!;
    expect(found.title).toBe("Install one version of `kit`, 1.4.0");
    expect(found.evidence.map(({ text }) => text)).toEqual([
      "one provides 1.4.0, and can stand on a page with another version",
      "two provides 1.2.0, and can stand on a page with another version",
    ]);
    const third = `${COPY_OF_TWO}
//- /elsewhere/host/webpack.config.js
const { ModuleFederationPlugin } = require("webpack").container;
module.exports = {
  entry: "./index.js",
  plugins: [new ModuleFederationPlugin({ name: "host", remotes: { one: "one@http://localhost:3001/remoteEntry.js" } })],
};
//- /elsewhere/host/package.json
{ "name": "host" }
//- /elsewhere/host/index.js
import("one/app");
`;
    const alone = {
      shared: "{ kit: {} }",
      options: 'filename: "remoteEntry.js", exposes: { "./app": "./src/app.js" }',
    };
    expect(only(opened(alone, alone, third), "deduplicate")).toBeUndefined();
  });
});

describe("keys", () => {
  const sub = 'import { a } from "kit";\nimport { part } from "kit/part.js";\nconsole.log(a, part);';

  test("a subpath that a key does not cover gets a prefix key with the same options", () => {
    const shared = "{\n        kit: { singleton: true },\n      }";
    const db = opened({ shared, code: sub }, { shared: "{ kit: {} }" });
    const found = only(db, "prefix-key")!;
    expect(found.title).toBe("Share `kit/` beside `kit` in one");
    expect(fixed(db, found)).toBe(
      '{\n        kit: { singleton: true },\n        "kit/": { singleton: true },\n      }',
    );
    const listed = opened({ shared: '["kit"]', code: sub }, { shared: "{ kit: {} }" });
    expect(fixed(listed, only(listed, "prefix-key")!)).toBe('["kit", "kit/"]');
  });

  test("an option for one module is not copied, and a prefix key that is there is enough", () => {
    const named = opened({ shared: '{ kit: { version: "1.4.0" } }', code: sub }, { shared: "{ kit: {} }" });
    expect(only(named, "prefix-key")!.fix).toBeUndefined();
    const covered = opened({ shared: '{ kit: {}, "kit/": { shareScope: "parts" } }', code: sub }, { shared: "{}" });
    expect(only(covered, "prefix-key")).toBeUndefined();
  });

  test("a key that one app alone uses need not be shared", () => {
    const shared = '{ other: {}, kit: {}, "last": {} }';
    const none = { shared: "{}", code: "console.log(1);" };
    const db = opened({ shared }, none);
    const found = only(db, "stop-sharing")!;
    expect(found.title).toBe("Stop sharing `kit` in one");
    expect(fixed(db, found)).toBe('{ other: {}, "last": {} }');
  });

  test("it may be shared with a remote that is not known", () => {
    const none = { shared: "{}", code: "console.log(1);" };
    const options = 'remotes: { far: "far@https://far.example/remoteEntry.js" }';
    expect(only(opened({ shared: "{ kit: {} }", options }, none), "stop-sharing")).toBeUndefined();
  });

  test("what is offered at a key, and nothing beside it", () => {
    const db = opened({ shared: "{ kit: {} }", code: sub }, { shared: '{ kit: { requiredVersion: "~1.2.0" } }' });
    const at = (name: string, mark: string) => {
      const file = `/ws/apps/${name}/webpack.config.js`;
      return sharingActions(db, file, fileText(db, file)!.indexOf(mark) + 1).map(({ title }) => title);
    };
    expect(at("one", "kit:")).toEqual(["Share `kit/` beside `kit` in one"]);
    expect(at("two", "kit:")).toEqual(["Widen the range of `kit` in two to `^1.2.0`"]);
    expect(at("one", "devServer")).toEqual([]);
  });
});

describe("share scopes", () => {
  test("two scopes with the same keys become one", () => {
    const db = opened({ shared: "{ kit: {} }" }, { shared: '{ kit: { shareScope: "parts" } }' });
    const found = only(db, "merge-scopes")!;
    expect(found.title).toBe("Merge the share scopes `default` and `parts`");
    expect(found.evidence.map(({ text }) => text)).toEqual([
      "both hold kit: a copy in one is never taken by the other",
      "two shares kit in `parts`",
      "used by one, two",
    ]);
    expect(fixed(db, found)).toBe('{ kit: { shareScope: "default" } }');
  });

  test("no edit where a whole container stands in the scope", () => {
    const options = 'shareScope: "parts", filename: "remoteEntry.js", exposes: { "./app": "./src/app.js" }';
    const db = opened({ shared: "{ kit: {} }" }, { shared: "{ kit: {} }", options });
    expect(only(db, "merge-scopes")!.fix).toBeUndefined();
  });

  test("a scope that nothing is imported in is dropped", () => {
    const shared = '{\n        kit: {},\n        gone: { shareScope: "old" },\n      }';
    const db = opened({ shared }, { shared: "{ kit: {} }" });
    const found = only(db, "drop-scope")!;
    expect(found.title).toBe("Drop the share scope `old`");
    expect(fixed(db, found)).toBe("{\n        kit: {},\n      }");
  });

  test("an entry that is not all known may be for what is imported", () => {
    const shared = '{ kit: {}, gone: { shareScope: "old", request: process.env.WHAT } }';
    expect(only(opened({ shared }, { shared: "{ kit: {} }" }), "drop-scope")).toBeUndefined();
  });
});

describe("exports", () => {
  const names = Array.from({ length: 8 }, (_, index) => `export const n${index} = "${"x".repeat(500)}";`).join("\n");
  const large = `
//- /node_modules/large/package.json
{ "name": "large", "version": "1.0.0", "module": "index.js", "sideEffects": false }
//- /node_modules/large/index.js
${[0, 1, 2, 3, 4, 5, 6, 7].map((index) => `export { n${index} } from "./n${index}.js";`).join("\n")}
${names
  .split("\n")
  .map((line, index) => `//- /node_modules/large/n${index}.js\n${line}`)
  .join("\n")}
`;
  const code = 'import { n0 } from "large";\nconsole.log(n0);';
  const dependencies = '{ "large": "^1.0.0" }';

  test("the list of those that are used is written where the plugin has the option", () => {
    const app = { shared: "{ large: {} }", code, dependencies };
    const db = opened(app, { ...app, plugin: "webpack" }, large);
    const found = only(db, "keep-used-exports")!;
    expect(found.estimatedSaving).toBeGreaterThan(3_500);
    expect(found.evidence.map(({ text }) => text)).toContain(
      "shared by two, whose plugin has no option for it: `treeShaking` is one of the 2.x plugins",
    );
    expect(fixed(db, found)).toBe('{ large: { treeShaking: { mode: "runtime-infer", usedExports: ["n0"] } } }');
  });
});
