/** Paths in one form, and files as the analysis sees them: the host's, covered by open documents. */
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineIndex } from "../../server/src/base/text.ts";
import { Database } from "../../server/src/query/database.ts";
import { MemoryHost } from "../../server/src/vfs/memoryHost.ts";
import {
  ancestorsOf,
  extensionOf,
  joinPath,
  normalizePath,
  parentPath,
  relativePath,
} from "../../server/src/vfs/path.ts";
import {
  applyFileChanges,
  createWorld,
  type Db,
  directoryEntries,
  fileText,
  isDirectory,
  isFile,
  realPathOf,
} from "../../server/src/vfs/vfs.ts";

function open(files: Record<string, string>): { db: Db; host: MemoryHost } {
  const host = new MemoryHost(files);
  return { db: new Database(createWorld(host)), host };
}

describe("paths", () => {
  it("has one form for every spelling", () => {
    expect(normalizePath("C:\\Work\\app\\..\\lib\\")).toBe("c:/Work/lib");
    expect(normalizePath("/a//b/./c/../d")).toBe("/a/b/d");
    expect(normalizePath("/..")).toBe("/");
  });

  it("joins, climbs and relates", () => {
    expect(joinPath("/a/b", "../c", "./d")).toBe("/a/c/d");
    expect(joinPath("/a", "/x")).toBe("/x");
    const steps = fc.constantFrom("..", ".", "a", "b.c", "...", ".d", "");
    const segment = fc.array(steps, { minLength: 1, maxLength: 5 }).map((parts) => parts.join("/"));
    fc.assert(
      fc.property(fc.constantFrom("/", "/x", "/x/y", "/x/y/z"), segment, (base, text) => {
        // A leading slash makes it absolute.
        expect(joinPath(base, text)).toBe(path.posix.resolve(base, text));
      }),
    );
    expect(parentPath("/a")).toBe("/");
    expect(parentPath("c:/a")).toBe("c:/");
    expect(parentPath("/")).toBe("/");
    expect([...ancestorsOf("/a/b")]).toEqual(["/a/b", "/a", "/"]);
    expect(relativePath("/a/b", "/a/c/d.ts")).toBe("../c/d.ts");
    expect(relativePath("/a", "/a")).toBe("");
    expect(extensionOf("/a/.env")).toBe("");
    expect(extensionOf("/a/B.TSX")).toBe(".tsx");
  });
});

describe("line index", () => {
  it("counts UTF-16 units and knows all line ends", () => {
    const index = new LineIndex("a😀b\r\nc\rd\ne");
    expect(index.position(3)).toEqual({ line: 0, character: 3 });
    expect(index.position(6)).toEqual({ line: 1, character: 0 });
    expect(index.position(8)).toEqual({ line: 2, character: 0 });
    expect(index.position(99)).toEqual({ line: 3, character: 1 });
    expect(index.offset({ line: 1, character: 0 })).toBe(6);
    expect(index.offset({ line: 9, character: 9 })).toBe(11);
  });
});

describe("overlays", () => {
  it("cover the disk until they are closed", () => {
    const { db } = open({ "/a.ts": "disk" });
    expect(fileText(db, "/a.ts")).toBe("disk");
    applyFileChanges(db, [{ kind: "open", path: "/a.ts", text: "typed" }]);
    expect(fileText(db, "/a.ts")).toBe("typed");
    applyFileChanges(db, [{ kind: "close", path: "/a.ts" }]);
    expect(fileText(db, "/a.ts")).toBe("disk");
  });

  it("make files exist that are not on the disk, while they are open", () => {
    const { db } = open({ "/src/a.ts": "" });
    expect(isFile(db, "/src/new.ts")).toBe(false);
    applyFileChanges(db, [{ kind: "open", path: "/src/new.ts", text: "x" }]);
    expect(isFile(db, "/src/new.ts")).toBe(true);
    applyFileChanges(db, [{ kind: "close", path: "/src/new.ts" }]);
    expect(isFile(db, "/src/new.ts")).toBe(false);
  });
});

describe("disk changes", () => {
  it("show created, changed and deleted files", () => {
    const { db, host } = open({ "/src/a.ts": "one" });
    expect(fileText(db, "/src/a.ts")).toBe("one");
    expect(isFile(db, "/src/b.ts")).toBe(false);
    host.files.set("/src/a.ts", "two");
    host.files.set("/src/b.ts", "new");
    applyFileChanges(db, [
      { kind: "disk", path: "/src/a.ts" },
      { kind: "disk", path: "/src/b.ts" },
    ]);
    expect(fileText(db, "/src/a.ts")).toBe("two");
    expect(fileText(db, "/src/b.ts")).toBe("new");
    host.files.clear();
    applyFileChanges(db, [
      { kind: "disk", path: "/src/a.ts" },
      { kind: "disk", path: "/src" },
    ]);
    expect(fileText(db, "/src/a.ts")).toBeUndefined();
    expect(db.get(directoryEntries, "/src")).toBeUndefined();
  });
});

describe("links", () => {
  it("are followed to what they mean, and a loop ends", () => {
    const { db, host } = open({ "/packages/ui/index.ts": "ui" });
    host.link("/node_modules/ui", "/packages/ui");
    host.link("/loop", "/loop/again");
    expect(realPathOf(db, "/node_modules/ui/index.ts")).toBe("/packages/ui/index.ts");
    expect(isDirectory(db, "/node_modules/ui")).toBe(true);
    expect(fileText(db, "/node_modules/ui/index.ts")).toBe("ui");
    expect(fileText(db, "/loop/x.ts")).toBeUndefined();
  });
});
