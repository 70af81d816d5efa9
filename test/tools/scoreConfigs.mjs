/**
 * Scores `fedlens config` on a corpus of checked-out repositories: `npm run score:configs -- DIR [--by bundler]`.
 * DIR holds one folder a repository (`owner__name`). Called with `--list ROOT` it prints the configurations of one, in the
 * form that the scorer reads: partly known texts count as not answered. The command line is built for the occasion.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const project = path.resolve(here, "../..");
const golden = path.resolve(project, "../shared/golden/configs");
const [first, second, ...rest] = process.argv.slice(2);

if (first === "--list") {
  const cli = process.env.FEDLENS_CLI ?? path.join(project, "server/dist/cli.js");
  const run = spawnSync(process.execPath, [cli, "config", second, "--json", "--read-dotenv"], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) {
    process.stderr.write(run.stderr);
    process.exit(1);
  }
  const unanswered = (_key, value) => (typeof value === "string" && value.includes("«dynamic»") ? "«dynamic»" : value);
  process.stdout.write(JSON.stringify(JSON.parse(run.stdout).configs, unanswered));
} else if (first === undefined) {
  process.stderr.write("usage: npm run score:configs -- DIR [options of the scorer]\n");
  process.exit(2);
} else {
  const folder = mkdtempSync(path.join(tmpdir(), "fedlens-score-"));
  const built = spawnSync(process.execPath, [path.join(project, "server/build.mjs"), folder], {
    cwd: project,
    stdio: "inherit",
  });
  if (built.status !== 0) process.exit(1);
  const command = `'${process.execPath}' '${fileURLToPath(import.meta.url)}' --list {root}`;
  const args = [path.join(golden, "score.mjs"), "--corpus", path.resolve(first), "--cmd", command];
  const options = [second, ...rest].filter((option) => option !== undefined);
  if (!options.includes("--expected")) args.push("--expected", path.join(golden, "expected-open.json"));
  const env = { ...process.env, FEDLENS_CLI: path.join(folder, "cli.js") };
  const { status } = spawnSync(process.execPath, [...args, ...options], { stdio: "inherit", env });
  rmSync(folder, { recursive: true, force: true });
  process.exit(status ?? 1);
}
