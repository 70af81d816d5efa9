/** Models of packages that configurations compute with: what is known of their functions without running them. */
import type { PackageModel } from "../realm.ts";
import { dataFileModel } from "./dataFiles.ts";
import { environmentModel } from "./environmentFiles.ts";
import { fileSearchModel } from "./fileSearch.ts";
import { mergeModels } from "./merges.ts";
import { nodeModel } from "./node.ts";
import { semverModel } from "./semver.ts";

export const packageModels: readonly PackageModel[] = [
  nodeModel,
  mergeModels,
  environmentModel,
  semverModel,
  dataFileModel,
  fileSearchModel,
];
