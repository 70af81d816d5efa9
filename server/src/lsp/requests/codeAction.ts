/** `textDocument/codeAction` and its resolve: quick fixes, fix-all, suppression, the rule's page. */
import { type CodeAction, CodeActionKind, type CodeActionParams } from "vscode-languageserver";
import { fixAllInFile, fixAllInWorkspace, type QuickFix, quickFixes, suppression } from "../../ide/codeActions.ts";
import { isOnSharedKey, sharingActions, usedExportsActions } from "../../ide/sharingActions.ts";
import { rulePage } from "../../rules/page.ts";
import { usageIsKnown } from "../../usage/sharedUsage.ts";
import type { FilePath } from "../../vfs/path.ts";
import { diagnosticOf } from "../convert.ts";
import type { RequestContext } from "./context.ts";

export const FIX_ALL_KIND = "source.fixAll.federationLens";
export const SHOW_RULE_PAGE = "federationLens.showRulePage";
export const ORGANIZE_KIND = "source.organizeImports.federationLens";

/** What is computed only when a person chooses the action. */
interface DeferredEdit {
  readonly file: FilePath;
  readonly scope: "file" | "workspace";
  readonly code?: string;
}

export function codeActions(context: RequestContext, file: FilePath, params: CodeActionParams): CodeAction[] {
  const { db } = context;
  const { only } = params.context;
  const wanted = (kind: string): boolean =>
    only === undefined || only.some((item) => kind === item || kind.startsWith(`${item}.`));
  const actions: CodeAction[] = [];
  if (wanted(CodeActionKind.QuickFix)) actions.push(...quickFixActions(context, file, params));
  if (wanted(CodeActionKind.RefactorRewrite)) actions.push(...rewriteActions(context, file, params));
  if (only === undefined) return actions;
  const data: DeferredEdit = { file, scope: "file" };
  if (wanted(FIX_ALL_KIND) && fixAllInFile(db, file).length > 0) {
    actions.push({ title: "Fix all safe Federation Lens findings", kind: FIX_ALL_KIND, data });
  }
  const imports: DeferredEdit = { ...data, code: "shared/unused-import" };
  if (wanted(ORGANIZE_KIND) && fixAllInFile(db, file, imports.code).length > 0) {
    actions.push({ title: "Remove unused imports of shared modules", kind: ORGANIZE_KIND, data: imports });
  }
  return actions;
}

function rewriteActions(context: RequestContext, file: FilePath, params: CodeActionParams): CodeAction[] {
  const { db, positions, makeEdit } = context;
  const offset = positions.offset(file, params.range.start);
  if (!isOnSharedKey(db, file, offset)) return [];
  const isKnown = usageIsKnown(db);
  if (!isKnown) context.wantUsage();
  const found = [...sharingActions(db, file, offset), ...(isKnown ? usedExportsActions(db, file, offset) : [])];
  return found.map(({ title, edits }) => ({ title, kind: CodeActionKind.RefactorRewrite, edit: makeEdit(edits) }));
}

function quickFixActions(context: RequestContext, file: FilePath, params: CodeActionParams): CodeAction[] {
  const { db, positions, makeEdit } = context;
  const range = { start: positions.offset(file, params.range.start), end: positions.offset(file, params.range.end) };
  const actions: CodeAction[] = [];
  const codes = new Set<string>();
  const fixes = quickFixes(db, file, range);
  for (const { finding, title, edits, preferred } of fixes) {
    const safe = finding.fixes.some((fix) => fix.safe);
    if (safe) codes.add(finding.code);
    actions.push({
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnosticOf(positions, finding)],
      edit: makeEdit(edits),
      isPreferred: preferred,
    });
  }
  for (const code of codes) {
    const inFile: DeferredEdit = { file, scope: "file", code };
    const everywhere: DeferredEdit = { file, scope: "workspace", code };
    actions.push(
      { title: `Fix all \`${code}\` in this file`, kind: CodeActionKind.QuickFix, data: inFile },
      { title: `Fix all \`${code}\` in the workspace`, kind: CodeActionKind.QuickFix, data: everywhere },
    );
  }
  return [...actions, ...aboutRules(context, fixes)];
}

/** Once for each rule that has a fix here: switch it off for the line, read about it. */
function aboutRules({ db, makeEdit, showsDocuments }: RequestContext, fixes: readonly QuickFix[]): CodeAction[] {
  const actions: CodeAction[] = [];
  const seen = new Set<string>();
  for (const { finding } of fixes) {
    if (seen.has(finding.code)) continue;
    seen.add(finding.code);
    const comment = suppression(db, finding);
    if (comment !== undefined) {
      actions.push({
        title: `Disable \`${finding.code}\` for this line`,
        kind: CodeActionKind.QuickFix,
        edit: makeEdit([comment]),
      });
    }
    if (!showsDocuments) continue;
    actions.push({
      title: `Show documentation for \`${finding.code}\``,
      kind: CodeActionKind.QuickFix,
      command: {
        title: "Show documentation",
        command: SHOW_RULE_PAGE,
        arguments: [rulePage(finding.code)],
      },
    });
  }
  return actions;
}

export function resolveCodeAction({ db, makeEdit }: RequestContext, action: CodeAction): CodeAction {
  const data = action.data as DeferredEdit | undefined;
  if (data === undefined || action.edit !== undefined) return action;
  const edits = data.scope === "workspace" ? fixAllInWorkspace(db, data.code) : fixAllInFile(db, data.file, data.code);
  return { ...action, edit: makeEdit(edits) };
}
