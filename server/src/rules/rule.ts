/**
 * What a rule is. A rule is one file `rules/<category>/<name>.ts` with its metadata, its check, its fixes and its
 * examples; the registry, the documentation page, the settings and the tests are made from it.
 * A rule never parses, resolves, evaluates or walks files: it asks the graph and the analyses.
 */

import type { TextRange } from "../base/text.ts";
import type { Container, ContainerId } from "../graph/container.ts";
import type { FilePath } from "../vfs/path.ts";
import type { SourceRange } from "../vfs/sourceRange.ts";
import type { Db } from "../vfs/vfs.ts";

/** error: fails at build or load; warning: a likely surprise at run time; info: dead or redundant; hint: simplification. */
export type Severity = "error" | "warning" | "info" | "hint";

export interface TextEdit {
  readonly file: FilePath;
  readonly range: TextRange;
  readonly newText: string;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Safe in bulk (`--fix`, `source.fixAll`): keeps what the program does. */
  readonly safe: boolean;
}

export interface RelatedPlace {
  readonly source: SourceRange;
  readonly message: string;
}

export interface Finding {
  /** The rule's id. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly source: SourceRange;
  readonly unnecessary: boolean;
  readonly related: readonly RelatedPlace[];
  readonly fixes: readonly Fix[];
  /** `Container.project` of the app that the finding is about. */
  readonly project: string | undefined;
}

export interface ReportOptions {
  readonly related?: readonly RelatedPlace[];
  readonly fixes?: readonly Fix[];
  /** When this finding is graver or milder than the rule's usual. */
  readonly severity?: Severity;
  readonly unnecessary?: boolean;
}

export interface RuleContext {
  readonly db: Db;
  report(source: SourceRange, message: string, options?: ReportOptions): void;
}

/** A file set in one string: `//- /path` begins a file, `^^^ rule-id: message` under a line marks an expected finding. */
export interface RuleExample {
  readonly title: string;
  /** Whether findings of this rule are marked in it. */
  readonly kind: "bad" | "good";
  readonly files: string;
  /** The files that the first fix changes, after it. */
  readonly fixed?: string;
}

interface RuleCommon {
  readonly id: `${string}/${string}`;
  readonly since: string;
  readonly severity: Severity;
  readonly docs: {
    readonly what: string;
    readonly why: string;
    readonly how: string;
    readonly sources?: readonly string[];
  };
  readonly examples: readonly RuleExample[];
}

/** Runs once for each container. */
export interface ContainerRule extends RuleCommon {
  readonly subject: "container";
  check(context: RuleContext, container: Container): void;
}

/** Runs once for each share key of a share scope. */
export interface ShareKeyRule extends RuleCommon {
  readonly subject: "shareKey";
  /** Works out what takes long in small steps, for `check` to find it at hand. */
  warm?(db: Db, shareScope: string, shareKey: string): Generator<void, void>;
  check(context: RuleContext, shareScope: string, shareKey: string): void;
}

/** Runs once for each source file that belongs to a container's build and has a request under a share key or remote. */
export interface ModuleRule extends RuleCommon {
  readonly subject: "module";
  /** A quick look: false where `check` would surely say nothing, as it is for nearly every file. */
  concerns(db: Db, file: FilePath, container: ContainerId): boolean;
  /** Asked once for each build that holds the file. */
  check(context: RuleContext, file: FilePath, container: ContainerId): void;
}

export interface WorkspaceRule extends RuleCommon {
  readonly subject: "workspace";
  check(context: RuleContext): void;
}

export type Rule = ContainerRule | ShareKeyRule | ModuleRule | WorkspaceRule;

export function defineRule(rule: Rule): Rule {
  return rule;
}
