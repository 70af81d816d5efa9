/** Free names of a build's files that `ProvidePlugin` makes requests of. */
import { Interner } from "../base/interner.ts";
import { knownValue } from "../evaluate/evaluated.ts";
import type { FederationConfig } from "../model/federationConfig.ts";
import { type Query, query } from "../query/database.ts";
import { freeNames } from "../syntax/freeNames.ts";
import { isModuleFile, type ModuleFacts } from "../syntax/index.ts";
import { scriptText } from "../syntax/scriptBlocks.ts";
import type { FilePath } from "../vfs/path.ts";
import { type Db, fileText, type World } from "../vfs/vfs.ts";
import type { BuildDefinitions } from "./definitions.ts";

/** What a name stands for. */
export interface ProvidedRequest {
  readonly request: string;
  /** Members of the module; none for the whole. */
  readonly taken: readonly string[];
}

export interface ProvidedNames {
  /** False where the configuration leaves open what some name stands for. */
  readonly complete: boolean;
  /** What a file asks for by using them. `classic`: its facts, where elements name `React` once its JSX is transformed. */
  requestsOf(db: Db, file: FilePath, classic: ModuleFacts | undefined): readonly ProvidedRequest[];
}

interface Wanted {
  readonly names: readonly string[];
  readonly hiding: readonly string[];
}

const wantedNames = new Interner<Wanted>((wanted) => JSON.stringify(wanted));

/** Only builds with the plugin ask: a memo for each of their files. */
const used: Query<World, readonly string[]> = query("providedNames", (db, key) => {
  const separator = key.indexOf(" ");
  const file = key.slice(separator + 1);
  const { names, hiding } = wantedNames.value(Number(key.slice(0, separator)));
  const text = isModuleFile(file) ? fileText(db, file) : undefined;
  return text === undefined ? [] : freeNames(file, scriptText(file, text), names, hiding);
});

/** What `BuildOptions.options` calls a name of the plugin. */
const PROVIDED = "ProvidePlugin.";

/** `undefined` for a build without the plugin. */
export function providedNames(
  { build }: FederationConfig,
  { definitions }: BuildDefinitions,
): ProvidedNames | undefined {
  const requests = new Map<string, ProvidedRequest>();
  let complete = true;
  for (const [option, given] of build.options) {
    if (!option.startsWith(PROVIDED)) continue;
    const [request, ...taken] = [knownValue(given)].flat().filter((part) => typeof part === "string");
    if (request === undefined) complete = false;
    else requests.set(option.slice(PROVIDED.length), { request, taken });
  }
  if (requests.size === 0 && complete) return undefined;
  const names = [...requests.keys()];
  const id = wantedNames.id({ names, hiding: [...definitions.keys()].filter((name) => !name.includes(" ")) });
  const react = requests.get("React");
  return {
    complete,
    requestsOf(db, file, classic) {
      const found = db.get(used, `${id} ${file}`).map((name) => requests.get(name)!);
      return react !== undefined && classic?.hasJsx === true && !classic.namesReact ? [...found, react] : found;
    },
  };
}
