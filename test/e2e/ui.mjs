/**
 * A person at VS Code: opens the demo workspace with the built VSIX in a browser, sees, hovers, fixes, edits. With
 * UPDATE=1 the screenshots become the README's pictures.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { installCodeServer, startCodeServer } from "../tools/codeServer.mjs";
import { project } from "../tools/install.mjs";
import { packageExtension } from "../tools/package.mjs";
import { systemProgram } from "../tools/systemPackages.mjs";
import { launchBrowser } from "./browser.mjs";
import { copyShop } from "./shopCopy.mjs";

const media = path.join(project, "client/media");
const WAIT = { timeout: 60_000 };

/** @returns the results and figures, or why it could not run */
export async function runUi() {
  const executable = systemProgram(["chromium", "chromium-browser", "google-chrome"], "chromium");
  if (executable === undefined) return { skipped: "no Chromium, and it cannot be installed" };
  const installed = installCodeServer();
  if (installed.problem !== undefined) return { skipped: installed.problem };
  const copy = copyShop();
  const dataDirectory = fs.mkdtempSync(path.join(os.tmpdir(), "federation-lens-ui-"));
  const server = await startCodeServer({ ...installed, folder: copy.root, dataDirectory, vsix: packageExtension() });
  const browser = await launchBrowser(executable);
  const results = [];
  const figures = {};
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const shoot = async (name) => {
      if (process.env.UPDATE === "1") await page.screenshot({ path: path.join(media, `${name}.png`) });
    };
    const step = async (title, action) => {
      try {
        await action();
        results.push({ title, state: "passed" });
      } catch (error) {
        results.push({ title, state: "failed", error: error.stack ?? String(error) });
        await page.screenshot({ path: path.join(os.tmpdir(), "federation-lens-ui-failure.png") });
      }
    };
    for (const [title, action] of steps({ page, server, root: copy.root, shoot, figures })) {
      await step(title, action);
      if (results.at(-1).state === "failed") break;
    }
  } finally {
    await browser.close();
    server.stop();
    copy.remove();
    fs.rmSync(dataDirectory, { recursive: true, force: true });
  }
  return { results, figures };
}

async function openFile(page, name) {
  await page.keyboard.press("Control+P");
  const box = page.locator(".quick-input-widget input");
  await box.waitFor({ state: "visible", ...WAIT });
  await box.fill(name);
  await page.locator(".quick-input-list .monaco-list-row").first().waitFor(WAIT);
  await page.waitForTimeout(500);
  await page.keyboard.press("Enter");
  await page.locator(`.tab[data-resource-name="${path.basename(name)}"]`).waitFor(WAIT);
}

function steps({ page, server, root, shoot, figures }) {
  const search = path.join(root, "apps/shell/src/search.ts");
  const editor = page.locator(".monaco-editor .view-lines").first();
  return [
    [
      "the workbench opens the demo workspace",
      async () => {
        figures.opened = Date.now();
        await page.goto(`${server.url}/?folder=${encodeURIComponent(root)}`);
        await page
          .locator(".monaco-workbench .explorer-viewlet, .monaco-workbench .explorer-folders-view")
          .first()
          .waitFor(WAIT);
      },
    ],
    [
      "the unused import is faded",
      async () => {
        await openFile(page, "apps/shell/src/search.ts");
        await page
          .locator(".squiggly-unnecessary, .squiggly-inline-unnecessary")
          .first()
          .waitFor({ state: "attached", ...WAIT });
        figures.firstSquiggle = Date.now() - figures.opened;
        await shoot("faded-import");
      },
    ],
    [
      "hover tells who wins and why",
      async () => {
        const word = editor.getByText("'lodash-es'").first();
        await word.hover();
        const hover = page.locator(".monaco-hover:visible", { hasText: "share scope" });
        await hover.first().waitFor(WAIT);
        await page.waitForTimeout(300);
        await shoot("hover");
        await page.keyboard.press("Escape");
      },
    ],
    [
      "the Problems panel lists findings of other apps",
      async () => {
        await page.keyboard.press("Control+Shift+M");
        await page.locator(".markers-panel").waitFor(WAIT);
        const rows = page.locator(".markers-panel .monaco-list-row");
        await rows.first().waitFor(WAIT);
        await page.waitForTimeout(500);
        await shoot("problems");
        // The list draws only the rows in sight.
        await page.getByPlaceholder("Filter (e.g. text").fill("is a singleton");
        await rows.filter({ hasText: "is a singleton" }).first().waitFor(WAIT);
      },
    ],
    [
      "the light bulb removes the import, and saving writes it",
      async () => {
        await editor.getByText("map", { exact: false }).first().click();
        await page.keyboard.press("Control+Home");
        for (let step = 0; step < 19; step++) await page.keyboard.press("ArrowRight");
        const action = page.locator(".action-widget .monaco-list-row", { hasText: "Remove unused import" });
        await openLightBulb(page, action.first());
        await shoot("light-bulb");
        await action.first().click();
        await editor
          .getByText("import { debounce } from 'lodash-es'")
          .first()
          .waitFor(WAIT)
          .catch(() => {});
        await page.keyboard.press("Control+S");
        await untilFile(search, (text) => text.startsWith("import { debounce } from 'lodash-es'"));
        await page
          .locator(".squiggly-unnecessary, .squiggly-inline-unnecessary")
          .first()
          .waitFor({ state: "detached", ...WAIT });
      },
    ],
    [
      "a range edited in one app changes the finding of another",
      async () => {
        const conflict = page.locator(".markers-panel .monaco-list-row", { hasText: "no version satisfies both" });
        await conflict.first().waitFor(WAIT);
        const manifest = path.join(root, "apps/legacy/package.json");
        fs.writeFileSync(manifest, fs.readFileSync(manifest, "utf8").replace("^17.0.0", "^18.0.0"));
        await conflict.first().waitFor({ state: "detached", ...WAIT });
      },
    ],
  ];
}

/** While extensions start, a menu may open without all of its actions: it is closed and opened again. */
async function openLightBulb(page, action) {
  for (let attempt = 0; attempt < 4; attempt++) {
    await page.keyboard.press("Control+.");
    const shown = await action.waitFor({ timeout: 20_000 }).then(
      () => true,
      () => false,
    );
    if (shown) return;
    await page.keyboard.press("Escape");
  }
  throw new Error("the light bulb does not offer the fix");
}

async function untilFile(file, fits) {
  const deadline = Date.now() + 20_000;
  while (!fits(fs.readFileSync(file, "utf8"))) {
    if (Date.now() > deadline) throw new Error(`${path.basename(file)} holds:\n${fs.readFileSync(file, "utf8")}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
