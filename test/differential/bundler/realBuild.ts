/** What a real build made, in rows. */
import type { ExpectedBuild } from "../../golden/cases.ts";

export interface RealBuild extends ExpectedBuild {
  readonly remotes: readonly string[];
  /** Texts by which the bundler prints shared modules. */
  readonly identifiers: readonly string[];
  readonly failure?: string;
}

type Rows = Omit<RealBuild, "ok" | "failure">;

/** The rows of several compilers as those of one. */
export function joined(builds: readonly Rows[]): Rows {
  return {
    consume: builds.flatMap(({ consume }) => consume),
    provide: builds.flatMap(({ provide }) => provide),
    container: builds.flatMap(({ container = [] }) => container),
    imports: builds.flatMap(({ imports = [] }) => imports),
    remotes: builds.flatMap(({ remotes }) => remotes),
    identifiers: builds.flatMap(({ identifiers }) => identifiers),
  };
}
