/**
 * Workspaces with what three real bundlers built from them, read from the reference data beside the project. A link that
 * was stored as a text file is made a link again in a copy, as package managers make it.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

export const GOLDEN = path.resolve(import.meta.dirname, "../../../shared/golden/bundler");

export type Bundler = "webpack" | "enhanced" | "rspack";
export const BUNDLERS: readonly Bundler[] = ["webpack", "enhanced", "rspack"];

/** Fields are missing where that bundler's statistics do not tell them. */
export interface ExpectedConsume {
  readonly scope: string;
  readonly key: string;
  readonly requiredRange?: string | false | null;
  readonly fallback?: string | null;
  readonly singleton?: boolean;
  readonly strictVersion?: boolean;
  readonly eager?: boolean;
  readonly included?: boolean;
  /** The module's own text, where only that is told. */
  readonly id?: string;
}

export interface ExpectedBuild {
  readonly ok?: boolean;
  readonly consume: readonly ExpectedConsume[];
  readonly provide: readonly {
    readonly scope: string;
    readonly key: string;
    readonly version: string | false;
    readonly resource?: string;
    readonly eager?: boolean;
  }[];
  readonly container?: readonly {
    readonly name?: string;
    readonly exposes?: readonly (readonly [string, { readonly import: readonly string[] }])[];
    readonly id?: string;
  }[];
  readonly imports?: readonly {
    readonly file: string;
    readonly request: string;
    /** Of the dependency, in the bundler's words. */
    readonly type?: string;
    /** The module's own text, where it is no plain one. */
    readonly target?: string;
    readonly kind: string;
    readonly included?: boolean;
  }[];
  /** By `scope|key`. */
  readonly usage?: Readonly<Record<string, { readonly used: readonly string[]; readonly whole: boolean }>>;
}

export function caseNames(): readonly string[] {
  if (!fs.existsSync(GOLDEN)) return [];
  return fs.readdirSync(GOLDEN).filter((name) => fs.existsSync(path.join(GOLDEN, name, "case.json")));
}

/** `undefined` where the bundler's answer is not stored. */
export function expectedBuilds(name: string, bundler: Bundler): readonly ExpectedBuild[] | undefined {
  const file = path.join(GOLDEN, name, `expected.${bundler}.json`);
  if (!fs.existsSync(file)) return undefined;
  const { builds } = JSON.parse(fs.readFileSync(file, "utf8")) as { readonly builds: readonly ExpectedBuild[] };
  return builds;
}

/** The folder of a case; a copy with its links restored where it has some. */
export function caseFolder(name: string): string {
  const stored = path.join(GOLDEN, name);
  const links = storedLinks(stored);
  if (links.length === 0) return stored;
  const copy = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "fedlens-golden-"));
  fs.cpSync(stored, copy, { recursive: true });
  for (const { file, target } of links) {
    const place = path.join(copy, file);
    fs.chmodSync(path.dirname(place), 0o755);
    fs.rmSync(place, { force: true });
    fs.symlinkSync(target, place);
  }
  return copy;
}

function storedLinks(folder: string): readonly { readonly file: string; readonly target: string }[] {
  const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names.flatMap((file) => {
    if (!/(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/@]+$/.test(file)) return [];
    const place = path.join(folder, file);
    if (!fs.lstatSync(place).isFile()) return [];
    const target = fs.readFileSync(place, "utf8");
    return fs.existsSync(path.resolve(path.dirname(place), target)) ? [{ file, target }] : [];
  });
}
