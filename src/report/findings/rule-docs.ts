/** The page about a rule, relative to the root of this package. */
export function ruleDocs(rule: string): string {
  return `docs/rules/${encodeURIComponent(rule)}.md`;
}
