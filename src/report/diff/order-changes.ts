import { changeKinds } from "../../diff/change-kind.ts";
import { type Change, impacts } from "../../diff/diff-report.ts";
import { compareText } from "../../words/compare-text.ts";
import { groupBy } from "../../words/group-by.ts";

/** What changed about one thing: a service with who may call it, a caller, a rule. */
export interface ChangeGroup<C extends Change> {
  /** What kind of thing it is, where its name alone does not say so: `rule`, `owner`. */
  readonly noun: string | null;
  readonly name: string | null;
  /** What broadens first. */
  readonly changes: readonly C[];
}

/** Changes that broaden, then those that narrow, then the others; of those, the opening to the internet first. */
export function broadeningFirst<C extends Change>(changes: readonly C[]): readonly C[] {
  return [...changes].sort((a, b) => weight(a) - weight(b));
}

/** Changes by what they are about, in the order of the gravest of each. */
export function groupChanges<C extends Change>(changes: readonly C[]): readonly ChangeGroup<C>[] {
  const groups = groupBy(broadeningFirst(changes), (change) => JSON.stringify([nounOf(change), nameOf(change)]));
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      return first === undefined ? [] : [{ noun: nounOf(first), name: nameOf(first), changes: group }];
    })
    .sort((a, b) => gravest(a) - gravest(b) || compareText(a.noun ?? "", b.noun ?? "") || compareNames(a, b));
}

/** What a change is about: the callee of an edge, else its subject. */
export function nameOf({ kind, subject, to }: Change): string | null {
  return changeKinds[kind] === "edge" ? (to ?? subject) : subject;
}

function nounOf({ kind }: Change): string | null {
  const about = changeKinds[kind];
  return about === "edge" || about === "service" || about === "caller" || about === "name" ? null : about;
}

function weight({ impact, kind }: Change): number {
  return 2 * impacts.indexOf(impact) + (kind === "public-added" ? 0 : 1);
}

function gravest({ changes: [first] }: ChangeGroup<Change>): number {
  return first === undefined ? 0 : impacts.indexOf(first.impact);
}

function compareNames(a: ChangeGroup<Change>, b: ChangeGroup<Change>): number {
  return compareText(a.name ?? "", b.name ?? "");
}
