/** Single-file components: their scripts as one text of the same length, so that offsets stay those of the file. */
import { extensionOf, type FilePath } from "../vfs/path.ts";

const SCRIPT = /<script\b[^>]*>([\s\S]*?)<\/script\s*>/gi;

/** The text itself for plain modules; for `.vue` and `.svelte`, everything outside of `<script>` blanked. */
export function scriptText(path: FilePath, text: string): string {
  if (!isComponentFile(path)) return text;
  let result = "";
  let at = 0;
  for (const match of text.matchAll(SCRIPT)) {
    const body = match[1] ?? "";
    const start = match.index + match[0].indexOf(">") + 1;
    result += blank(text.slice(at, start)) + body;
    at = start + body.length;
  }
  return result + blank(text.slice(at));
}

/** Whether the file has a template that this analysis does not read: names may be used there. */
export function isComponentFile(path: FilePath): boolean {
  const extension = extensionOf(path);
  return extension === ".vue" || extension === ".svelte";
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, " ");
}
