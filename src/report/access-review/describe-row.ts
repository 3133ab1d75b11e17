import type { LivePair, OtherAccess, ReviewedRow, RowChange, RowPast } from "../../access-review/review-report.ts";
import { NOBODY } from "../../access-review/review-rows.ts";
import type { CellState } from "../../ask/grid.ts";
import { formatInstant } from "../../time/instant.ts";
import { briefText, oneLine } from "../../words/brief.ts";
import { count, enumerateWords } from "../../words/enumerate-words.ts";

/** Texts of a row as the formats for people share them: plain, for each to encode. */

export function ownerName(owner: string | null): string {
  return owner ?? NOBODY;
}

/** When the row was reviewed, and what that means. */
export function describeState({ state, reviewed, age }: ReviewedRow): string {
  const last = reviewed === null ? "never reviewed" : `reviewed ${reviewed}`;
  switch (state) {
    case "current":
      return age === 0 ? `${last}, today` : `${last}, ${count(age ?? 0, "day")} ago`;
    case "overdue":
      return `overdue: ${last}, ${count(age ?? 0, "day")} ago`;
    case "changed":
      return `changed since: ${last}, ${age === 0 ? "today" : `${count(age ?? 0, "day")} ago`}`;
    case "never":
      return last;
    case "future":
      return `${last}, which has not come yet`;
    case "ended":
      return `holds nowhere any more: delete it (${last})`;
  }
}

/** What the row says besides its key and reason. */
export function describeTerms({ ticket, expires, through }: ReviewedRow): readonly string[] {
  return [
    ...(ticket === null ? [] : [ticket]),
    ...(expires === null ? [] : [`expires ${expires}`]),
    ...(through === null ? [] : ["through IAP"]),
  ];
}

/** Who may call what, where the key names sets; nothing where it is one pair. */
export function describeMembers({ key, pairs }: ReviewedRow): string | null {
  const names = [...new Set(pairs.map(({ caller, callee }) => `${caller} -> ${callee}`))];
  return names.length === 0 || (names.length === 1 && names[0] === key)
    ? null
    : `stands for ${enumerateWords(names, "and")}`;
}

/** What history says, a line each; null where it has nothing to say. */
export function describePast(row: ReviewedRow, past: RowPast): readonly string[] {
  const { since, isOlder, changes } = past;
  if (since === null) return [row.reviewed === null ? "new: not committed yet" : "signed: not committed yet"];
  const when = `${formatInstant(since.at).slice(0, 10)} ${since.id.slice(0, 10)} by ${oneLine(since.author)}`;
  if (row.reviewed === null) return [`there ${isOlder ? "at least " : ""}since ${when}`];
  const known = isOlder ? `; what is older than ${when} is not known` : "";
  return changes.length === 0
    ? [`nothing changed since that review${known}`]
    : changes.map((change, index) => `changed since that review: ${describeChange(change)}${index === 0 ? known : ""}`);
}

export function describeChange({ kind, subject, environments, before, after }: RowChange): string {
  const where = environments.length === 0 ? "" : ` in ${enumerateWords(environments, "and")}`;
  switch (kind) {
    case "gained":
      return `gained ${subject}${where}`;
    case "lost":
      return `lost ${subject}${where}`;
    case "public":
    case "sensitive":
      return `${subject} ${after === null ? "is no longer" : "became"} ${kind}${where}`;
    case "principal":
      return `${subject} calls as ${after ?? "nobody"}${where}, was ${before ?? "nobody"}`;
    case "place":
      return `${subject} is ${after ?? "nowhere"}${where}, was ${before ?? "nowhere"}`;
    case "expires":
      return `${describeEnd(before, after)}`;
    default:
      return `${kind} is ${quote(after)}, was ${quote(before)}`;
  }
}

function describeEnd(before: string | null, after: string | null): string {
  if (after === null) return `expires no more, was ${before ?? "never"}`;
  if (before === null) return `expires ${after}, was never`;
  return `expires ${after}, ${after > before ? "later" : "earlier"} than ${before}`;
}

function quote(text: string | null): string {
  return text === null ? "none" : `"${briefText(oneLine(text))}"`;
}

const states = {
  public: "everybody may call",
  undeclared: "may call, which nobody declared",
  conditional: "may perhaps call, on a condition",
  unknown: "unknown: not all of it was read",
  missing: "missing: may not call everywhere",
  beyond: "live, by more or other than what is declared",
  expired: "has expired",
  accepted: "may call; an exception accepts it",
  inherited: "inherited from above, as declared",
  managed: "one of Google's own agents",
  unsure: "unsure: not all of it was read, or it hangs on a condition",
  agreed: "live as declared",
  declared: "declared, and not expected to be live yet",
} as const satisfies Readonly<Record<CellState, string>>;

/** How a pair is live. */
export function describeLive({ state, findings, lastAuthenticated }: LivePair): string {
  const seen = lastAuthenticated === null ? "" : `; its account last authenticated ${lastAuthenticated.slice(0, 10)}`;
  const more = findings === 0 ? "" : `; drift has ${count(findings, "finding")} about it`;
  return `${states[state]}${more}${seen}`;
}

export function describeOther({ kind, what, environments, expires, hasEnded }: OtherAccess): string {
  const where = environments.length === 0 ? "" : ` in ${enumerateWords(environments, "and")}`;
  const end = expires === null ? "" : `, ${hasEnded ? "ended" : "until"} ${expires}`;
  return `${kind === "undeclared" ? "live, and not declared" : kind}: ${what}${where}${end}`;
}
