/** Snapshots of other repositories, as an editor's settings name them. */
import { expect, test } from "vitest";
import { analysisSettingsOf } from "../../server/src/lsp/analysisSettings.ts";
import { readSettings } from "../../shared/src/settings.ts";

test("snapshots are looked for in each workspace folder, absolute ones where they are", () => {
  const settings = readSettings({ snapshots: ["federation/cart.json", "/else/mf-manifest.json", 7] });
  expect(analysisSettingsOf(settings, ["/one", "/two"]).snapshots).toEqual([
    "/one/federation/cart.json",
    "/two/federation/cart.json",
    "/else/mf-manifest.json",
  ]);
  expect(analysisSettingsOf(readSettings({ snapshots: "cart.json" }), ["/one"]).snapshots).toEqual([]);
});
