/** What constant names stand for in a container's build: of the mode's own, what federated code tests for. */
import { knownValue } from "../evaluate/evaluated.ts";
import type { FederationConfig } from "../model/federationConfig.ts";
import type { Definitions } from "../syntax/index.ts";

export interface BuildDefinitions {
  readonly definitions: Definitions;
  /** False where the configuration leaves the mode to the command line: it is then taken to be a production build. */
  readonly modeStated: boolean;
}

const NODE_ENV_NAMES = ["process.env.NODE_ENV", "import.meta.env.NODE_ENV", "import.meta.env.MODE"];

/** As the bundler defines them for its mode, which is production unless the configuration says otherwise. */
export function definitionsOf(config: FederationConfig): BuildDefinitions {
  const { options } = config.build;
  const mode = knownValue(options.get("mode"));
  const given = options.has("optimization.nodeEnv")
    ? knownValue(options.get("optimization.nodeEnv"))
    : mode === "none"
      ? false
      : (mode ?? "production");
  const definitions = new Map<string, string | boolean>([
    ["typeof require", "function"],
    ["typeof module", "object"],
    ["typeof exports", "object"],
  ]);
  const modeStated = typeof mode === "string";
  if (typeof given !== "string") return { definitions, modeStated };
  for (const name of NODE_ENV_NAMES) definitions.set(name, given);
  definitions.set("import.meta.env.DEV", mode === "development");
  definitions.set("import.meta.env.PROD", mode !== "development");
  return { definitions, modeStated };
}
