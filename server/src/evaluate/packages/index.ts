/** Models of packages that configurations compute with: what is known of their functions without running them. */
import type { PackageModel } from "../realm.ts";
import { nodeModel } from "./node.ts";

export const packageModels: readonly PackageModel[] = [nodeModel];
