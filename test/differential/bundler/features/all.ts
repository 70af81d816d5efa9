/** Every workspace that was written by hand. */
import { AROUND } from "./around.ts";
import { ASKING } from "./asking.ts";
import { COMMON_JS } from "./commonJs.ts";
import { CONTAINERS } from "./containers.ts";
import { ENTRIES } from "./entries.ts";
import type { Feature } from "./feature.ts";
import { PLUGINS } from "./plugins.ts";
import { REQUESTS } from "./requests.ts";
import { RESOLUTION } from "./resolution.ts";
import { SHARING } from "./sharing.ts";
import { TYPESCRIPT } from "./typescript.ts";

export const FEATURES: readonly Feature[] = [
  ...TYPESCRIPT,
  ...RESOLUTION,
  ...REQUESTS,
  ...COMMON_JS,
  ...ENTRIES,
  ...CONTAINERS,
  ...PLUGINS,
  ...SHARING,
  ...AROUND,
  ...ASKING,
];
