/** The web page of a rule: where `codeDescription.href` and reports lead. */
export function rulePage(id: string): string {
  return `https://github.com/federation-lens/federation-lens/blob/main/server/docs/rules/${id}.md`;
}
