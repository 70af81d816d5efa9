/** The system's Chromium, driven by Playwright. */
import { chromium } from "playwright-core";

export async function launchBrowser(executablePath) {
  return chromium.launch({
    executablePath,
    args: [
      "--headless=new",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
