/** The source files of the product, with what each imports: what the tidy tests look at. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

export const projectRoot: string = join(import.meta.dirname, "../..");

export interface SourceFile {
  /** From the project's root, with `/`. */
  readonly path: string;
  readonly text: string;
  /** Specifiers of its imports and re-exports, types included. */
  readonly imports: readonly string[];
}

const IMPORT =
  /^(?:import|export)\b[^;"']*?\bfrom\s+["']([^"']+)["']|^import\s+["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/gm;

/** Every TypeScript file below a folder of the project. */
export function sourceFiles(folder: string): readonly SourceFile[] {
  return readdirSync(join(projectRoot, folder), { recursive: true, encoding: "utf8" })
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".ts") && !/\/(?:node_modules|dist|workspaces)\//.test(path))
    .sort()
    .map((path) => {
      const text = readFileSync(join(projectRoot, path), "utf8");
      const imports = [...withoutTemplates(text).matchAll(IMPORT)].map(
        ([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? "",
      );
      return { path, text, imports };
    });
}

/** Template literals hold programs of examples; their imports are not the file's. */
function withoutTemplates(text: string): string {
  return text.replace(/`(?:\\[\s\S]|[^`\\])*`/g, "``");
}

/** The file that a relative import leads to, from the project's root. */
export function importedFile(from: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  return relative(projectRoot, join(projectRoot, dirname(from), specifier)).replaceAll("\\", "/");
}
