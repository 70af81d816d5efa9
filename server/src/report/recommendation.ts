/** One recommendation of a report. */
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { Evidence } from "./evidence.ts";

export type RecommendationKind =
  | "merge-scopes"
  | "drop-scope"
  | "narrow-range"
  | "widen-range"
  | "deduplicate"
  | "prefix-key"
  | "stop-sharing"
  | "share-instead"
  | "keep-used-exports"
  | "import-names"
  | "split-build";

export interface RecommendationEdit {
  readonly source: SourceRange;
  readonly newText: string;
}

export interface Recommendation {
  readonly kind: RecommendationKind;
  readonly priority: "high" | "medium" | "low";
  readonly title: string;
  /** What it rests on; never empty. */
  readonly evidence: readonly Evidence[];
  /** Characters of source that it may save; absent where that is not what it is about. */
  readonly estimatedSaving?: number;
  /** Present where one text replaces another and nothing else has to be decided. */
  readonly fix?: { readonly title: string; readonly edits: readonly RecommendationEdit[] };
}
