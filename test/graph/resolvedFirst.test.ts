/** In which order webpack resolves what is asked for at about the same time. */
import { describe, expect, it } from "vitest";
import type { Connection } from "../../server/src/graph/module.ts";
import { resolvedInOrder } from "../../server/src/graph/resolvedFirst.ts";

function asks(from: string, request: string, to: string): Connection {
  return { from, to, request, dependencyType: "esm import", state: "active", requestIndex: undefined };
}

/** The requests that lead into the package, in their order. */
function inOrder(...connections: readonly Connection[]): readonly string[] {
  const resolved = [
    ...resolvedInOrder([asks("entry main", "./index.js", "/index.js"), ...connections], ["entry main"]),
  ];
  return resolved.filter(({ to }) => to === "/node_modules/kit/get.js").map(({ request }) => request);
}

const short = asks("/index.js", "kit/get", "/node_modules/kit/get.js");

describe("what is resolved first", () => {
  it("is a file that is named in full, although it was asked for a module later", () => {
    const later = asks("/part.js", "kit/get.js", "/node_modules/kit/get.js");
    expect(inOrder(short, asks("/index.js", "./part.js", "/part.js"), later)).toEqual(["kit/get.js", "kit/get"]);
  });

  it("is no file that is named in full where other extensions are tried in the place of its own", () => {
    const later = asks("/part.js", "kit/get.js", "/node_modules/kit/get.js");
    expect(inOrder(short, asks("/index.js", "./part.js", "/part.js"), later)[0]).toBe("kit/get.js");
    const connections = [asks("/index.js", "kit/get.js", "/node_modules/kit/get.js"), short];
    const first = (replaced: readonly string[]) =>
      [...resolvedInOrder(connections, ["/index.js"], replaced)].map(({ request }) => request)[0];
    expect([first([]), first([".js"])]).toEqual(["kit/get.js", "kit/get"]);
  });

  it("is what was asked for long before", () => {
    const later = asks("/typed.ts", "kit/get.js", "/node_modules/kit/get.js");
    expect(inOrder(short, asks("/index.js", "./typed.ts", "/typed.ts"), later)).toEqual(["kit/get", "kit/get.js"]);
  });

  it("leaves out what no root leads to, and follows a cycle once", () => {
    const back = asks("/part.js", "./index.js", "/index.js");
    const alone = asks("/alone.js", "kit/get.js", "/node_modules/kit/get.js");
    expect(inOrder(short, asks("/index.js", "./part.js", "/part.js"), back, alone)).toEqual(["kit/get"]);
  });
});
