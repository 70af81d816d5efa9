/** Programs of the system that tests need: found, or installed with the system's packages where that is allowed. */
import { spawnSync } from "node:child_process";
import { run } from "./install.mjs";

function found(program) {
  const probe = spawnSync(process.platform === "win32" ? "where" : "which", [program], { encoding: "utf8" });
  return probe.status === 0 ? probe.stdout.split(/\r?\n/)[0].trim() : undefined;
}

/** @returns the program's path, or `undefined` where it cannot be had. */
export function systemProgram(names, packageName) {
  const present = names.map(found).find((path) => path !== undefined);
  if (present !== undefined) return present;
  const mayInstall = process.platform === "linux" && process.getuid?.() === 0 && found("apt-get") !== undefined;
  if (!mayInstall) return undefined;
  process.stderr.write(`installing ${packageName}\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  run("apt-get", ["update", "-qq"], { env });
  run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", packageName], { env });
  return names.map(found).find((path) => path !== undefined);
}
