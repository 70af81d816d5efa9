/** Custom messages between client and server, typed once. All are namespaced `federationLens/…`. */

/** Client to server: what the server is doing; for clients and benchmarks that wait for the index. */
export const STATUS_REQUEST = "federationLens/status";

/** Server to client: the same, whenever it changes. */
export const STATUS_NOTIFICATION = "federationLens/statusChanged";

export interface Status {
  readonly state: "indexing" | "ready";
  /** Source modules over all builds. */
  readonly modules: number;
  readonly containers: number;
  /** Rises with every change. */
  readonly generation: number;
  /** Milliseconds of the longest stretch in which the server could not answer. */
  readonly longestBlock: number;
}

/** Client to server: the federation graph as Mermaid text. */
export const GRAPH_REQUEST = "federationLens/graph";

export interface GraphAnswer {
  readonly mermaid: string;
}

/** Client to server: the evaluated configurations, as `fedlens config --json` prints them; a list of documents where several folders are open. */
export const EVALUATED_CONFIG_REQUEST = "federationLens/evaluatedConfig";

export interface TextAnswer {
  readonly text: string;
}

/** Client to server: one edit that applies every safe fix of the workspace. */
export const FIX_ALL_REQUEST = "federationLens/fixAll";

/** Client to server: what the bundler would generate for sharing, for a place of a file. */
export const RUNTIME_PREVIEW_REQUEST = "federationLens/runtimePreview";

export interface PlaceParameters {
  readonly uri: string;
  /** Zero-based, UTF-16. */
  readonly position: { readonly line: number; readonly character: number };
}

/** Client to server: the health and optimisation report as Markdown. */
export const REPORT_REQUEST = "federationLens/report";
