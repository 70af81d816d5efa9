/** The entry in the status bar's language menu: what the server is doing, and the way to its output. */
import { type Disposable, LanguageStatusSeverity, languages } from "vscode";
import type { Status } from "../../shared/src/protocol.ts";

export type Shown =
  | { readonly kind: "starting" | "failed" }
  | { readonly kind: Status["state"]; readonly status: Status };

export class StatusItem implements Disposable {
  readonly #item = languages.createLanguageStatusItem("federationLens.status", [
    { scheme: "file", pattern: "**/*.{js,jsx,ts,tsx,mjs,cjs,mts,cts,json,vue,svelte}" },
  ]);

  constructor() {
    this.#item.name = "Federation Lens";
    this.#item.command = { title: "Show output", command: "federationLens.showOutput" };
  }

  show(shown: Shown): void {
    this.#item.busy = shown.kind === "starting" || shown.kind === "indexing";
    this.#item.severity = shown.kind === "failed" ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    this.#item.text = "Federation Lens";
    if (shown.kind === "failed") this.#item.detail = "the language server did not start";
    else if ("status" in shown && shown.kind === "ready") {
      const { containers, modules } = shown.status;
      this.#item.detail = containers === 0 ? "no federation found" : `${containers} containers, ${modules} modules`;
    } else this.#item.detail = "reading the workspace";
  }

  dispose(): void {
    this.#item.dispose();
  }
}
