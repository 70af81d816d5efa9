/** The layers: a folder imports only from folders to its left; the core is free of Node, of the clock and of protocols. */
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { importedFile, type SourceFile, sourceFiles } from "./sources.ts";

const LAYERS =
  "base query vfs syntax project evaluate model bundlers graph usage analysis report rules ide host lsp cli".split(" ");
/** Layers that may know the machine that they run on. */
const EDGE = new Set(["host", "lsp", "cli"]);
/** Packages that only one place may know. */
const OWNERS: Readonly<Record<string, RegExp>> = {
  "enhanced-resolve": /^server\/src\/project\//,
  "jsonc-parser": /^server\/src\/(?:project|evaluate|graph)\//,
  "vscode-languageserver": /^server\/src\/lsp\//,
  commander: /^server\/src\/cli\//,
};

const server = sourceFiles("server/src");
const core = server.filter((file) => !EDGE.has(layerOf(file.path)));

function layerOf(path: string): string {
  return /^server\/src\/([^/]+)\//.exec(path)?.[1] ?? "";
}

function importsOutside(file: SourceFile, allowed: (target: string) => boolean): readonly string[] {
  return file.imports
    .map((specifier) => importedFile(file.path, specifier))
    .filter((target) => target !== undefined && !allowed(target))
    .map((target) => `${file.path} → ${target}`);
}

describe("layers", () => {
  it("every folder of the server is a layer", () => {
    expect(server.length).toBeGreaterThan(100);
    expect(server.filter((file) => !LAYERS.includes(layerOf(file.path))).map(({ path }) => path)).toEqual([]);
  });

  it("a layer imports only from layers to its left, and from shared", () => {
    const wrong = server.flatMap((file) => {
      const own = LAYERS.indexOf(layerOf(file.path));
      return importsOutside(file, (target) => {
        if (target.startsWith("shared/src/") || (target === "server/package.json" && EDGE.has(layerOf(file.path))))
          return true;
        const other = LAYERS.indexOf(layerOf(target));
        // The command line and the language server do not know each other, but the one starts the other.
        if (layerOf(file.path) === "cli" && layerOf(target) === "lsp") return target === "server/src/lsp/server.ts";
        return other >= 0 && other <= own;
      });
    });
    expect(wrong).toEqual([]);
  });

  it("the client imports only itself and shared, shared only itself", () => {
    const wrong = ["client", "shared"].flatMap((folder) =>
      sourceFiles(`${folder}/src`).flatMap((file) =>
        importsOutside(file, (target) => target.startsWith(`${folder}/src/`) || target.startsWith("shared/src/")),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it("no file imports itself by way of others, but for the parts of the evaluator", () => {
    const files = [...server, ...sourceFiles("client/src"), ...sourceFiles("shared/src")];
    // An interpreter's parts call each other: expressions hold functions, whose statements hold expressions.
    const rest = new Set(files.map(({ path }) => path).filter((path) => layerOf(path) !== "evaluate"));
    const remaining = new Map(
      files
        .filter(({ path }) => rest.has(path))
        .map((file) => [
          file.path,
          valueImports(file).flatMap((specifier) => importedFile(file.path, specifier) ?? []),
        ]),
    );
    for (let size = -1; size !== remaining.size; ) {
      size = remaining.size;
      for (const [path, imports] of remaining) {
        if (!imports.some((target) => remaining.has(target))) remaining.delete(path);
      }
    }
    expect([...remaining.keys()]).toEqual([]);
  });

  it("the core has no Node, no process, no clock", () => {
    const outside = new Set(["process", "Date", "performance", "setTimeout", "setImmediate", "Buffer", "__dirname"]);
    const wrong = core.flatMap((file) => [
      ...file.imports.filter((specifier) => specifier.startsWith("node:")).map((name) => `${file.path}: ${name}`),
      ...freeNames(file, outside).map((name) => `${file.path}: ${name}`),
    ]);
    expect(wrong).toEqual([]);
  });

  it("a package that has an owner is imported there only", () => {
    const wrong = server.flatMap((file) =>
      file.imports
        .filter((specifier) => {
          const name = Object.keys(OWNERS).find((owned) => specifier === owned || specifier.startsWith(`${owned}/`));
          return name !== undefined && !OWNERS[name]!.test(file.path);
        })
        .map((specifier) => `${file.path} → ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });
});

/** Type imports are erased, so they close no cycle at run time. */
function valueImports(file: SourceFile): readonly string[] {
  const types = new Set(
    [...file.text.matchAll(/^(?:import|export) type\b[^;"']*?from\s+["']([^"']+)["']/gm)].map(([, from]) => from),
  );
  const values = new Set(
    [...file.text.matchAll(/^(?:import|export) (?!type\b)[^;"']*?from\s+["']([^"']+)["']/gm)].map(([, from]) => from),
  );
  return file.imports.filter((specifier) => values.has(specifier) || !types.has(specifier));
}

/** Names used as variables, not as members or keys of objects. */
function freeNames(file: SourceFile, names: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && names.has(node.text)) {
      const { parent } = node;
      const isMember =
        (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
        ((ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent)) && parent.name === node);
      if (!isMember) found.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true));
  return found;
}
