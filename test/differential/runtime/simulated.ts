/** The same scenario by this project's own account of the runtimes. */
import { Page } from "../../../server/src/analysis/runtime/page.ts";
import type { Answer, PageScenario } from "./pageScenario.ts";

/** Answers in the order of the consuming steps. */
export function simulated({ containers, presets, steps }: PageScenario): readonly Answer[] {
  const page = new Page(containers);
  for (const { container, shareScope, shareKey, entries } of presets) {
    if (entries.length > 0) page.preset(container, shareScope, shareKey, entries);
  }
  const answers: Answer[] = [];
  for (const step of steps) {
    if (step.kind === "load") {
      page.loadRemote(step.container, step.remote);
      continue;
    }
    const { outcome, entry, message, container, version } = page.consume(step);
    if (outcome === "error") answers.push({ kind: "error", message: message ?? "" });
    else if (outcome === "fallback" || entry === undefined) answers.push({ kind: "fallback", warning: message });
    else answers.push({ kind: "taken", version: version ?? "?", container: container ?? "?", warning: message });
  }
  return answers;
}
