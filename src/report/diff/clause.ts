import { foldWords } from "../../words/fold-words.ts";
import { describeMany, describeWhere } from "./describe-change.ts";
import { foldNames } from "./fold-names.ts";
import { inEnvironments } from "./in-environments.ts";
import type { Say } from "./say.ts";
import type { ToldChange, ToldReport } from "./tell-together.ts";

/** A part of the sentence, and the changes that need not be told again. */
export interface Clause {
  readonly words: string;
  readonly tells: readonly ToldChange[];
}

/** What a clause is made from. */
export interface Telling {
  readonly report: ToldReport;
  readonly say: Say;
  /** Names that are sensitive in either version, as far as the report says so. */
  readonly sensitive: ReadonlySet<string>;
}

/** Whether one of some fingerprints is that of a change, or of a part of it. */
export function isAmong({ parts }: ToldChange, fingerprints: ReadonlySet<string>): boolean {
  return parts.some(({ fingerprint }) => fingerprints.has(fingerprint));
}

/** Clauses about changes of one kind: one for each where they are few, else one for all. What is counted is what they are about. */
export function clausesOfKind(
  changes: readonly ToldChange[],
  { most, isNamed = false, more = "" }: { readonly most: number; readonly isNamed?: boolean; readonly more?: string },
  { report, say }: Telling,
): readonly Clause[] {
  const [first] = changes;
  if (first === undefined) return [];
  const isComing = /^(environment|service)-(added|removed|renamed)$/.test(first.kind);
  const where = (names: readonly string[]): readonly string[] =>
    isComing && report.environments.every((each) => names.includes(each)) ? [] : names;
  if (changes.length <= most)
    return changes.map((change) => ({
      words: describeWhere(change, where(change.environments), report, say),
      tells: [change],
    }));
  const environments = [...new Set(changes.flatMap((change) => change.environments))].sort();
  const subjects = [...new Set(changes.map(({ subject, to }) => subject ?? to ?? ""))];
  const names = isNamed ? ` (${foldNames(subjects, say.name)})` : "";
  const isEnvironment = first.kind.startsWith("environment-");
  const place = isEnvironment ? "" : inEnvironments(where(environments), report, say);
  return [{ words: `${describeMany(first.kind, `${subjects.length}${more}`)}${names}${place}`, tells: changes }];
}

/** Things of which some are named: `a, b, c and 4 more`. */
export function foldEncoded(words: readonly string[]): string {
  return foldWords(words, { verbose: false });
}
