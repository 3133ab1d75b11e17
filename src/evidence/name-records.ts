import type { Remark } from "./judge-pack.ts";
import { type ApprovalFacts, readApproval } from "./read-approval.ts";

/**
 * Records by the names that a pack gives them. The same text twice is one record.
 * @param given in the order that they were given in; each must be a record
 */
export function nameRecords(
  given: readonly (readonly [text: string, facts: ApprovalFacts])[],
): ReadonlyMap<string, string> {
  const named = new Map<string, string>();
  for (const [text, facts] of given) {
    const start = startOf(facts);
    let file = `${start}.json`;
    for (let again = 2; named.has(file) && named.get(file) !== text; again += 1) file = `${start}-${again}.json`;
    named.set(file, text);
  }
  return new Map([...named].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What is among the approvals of a pack, and no pack that matrix made has there. */
export function oddRecords(files: ReadonlyMap<string, string>): readonly Remark[] {
  const odd: Remark[] = [];
  const repositories = new Set<string>();
  const byStart = new Map<string, string[]>();
  for (const [file, text] of files) {
    const facts = readApproval(text);
    if ("problem" in facts) {
      odd.push({ file, what: `is no record of approvals: ${facts.problem}` });
      continue;
    }
    repositories.add(facts.repository);
    const start = startOf(facts);
    byStart.set(start, [...(byStart.get(start) ?? []), file]);
  }
  for (const [start, names] of byStart) {
    const right = new Set(names.map((_, index) => (index === 0 ? `${start}.json` : `${start}-${index + 1}.json`)));
    for (const file of names)
      if (!right.has(file)) odd.push({ file, what: `is not named as its record is: ${[...right].join(", ")}` });
  }
  if (repositories.size > 1)
    odd.push({ file: "approvals/", what: `is of several repositories: ${[...repositories].join(", ")}` });
  return odd;
}

function startOf({ pullRequest, head }: ApprovalFacts): string {
  return `approvals/${pullRequest}-${head.slice(0, 12)}`;
}
