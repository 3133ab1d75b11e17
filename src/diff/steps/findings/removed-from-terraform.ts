import { compareText } from "../../../words/compare-text.ts";
import { enumerateWords } from "../../../words/enumerate-words.ts";
import { groupBy } from "../../../words/group-by.ts";
import type { DiffDraft, FindingStep, JudgedFact, Judging } from "../finding-step.ts";
import type { TerraformRemoval } from "../terraform-removals.ts";

/** Of an account that goes: of a caller that goes, or of a service or caller that stays without it. */
export const accountDestroyed: FindingStep = function* (judging) {
  const isOne = ({ what, fate, stays, environment, subject }: TerraformRemoval): boolean =>
    what === "account" && fate === "destroyed" && (stays || !wasService(judging, environment, subject));
  yield* bySubject(judging, isOne, (subject) => ({
    message: `applying it destroys the account of ${subject}, with every grant that the account has anywhere`,
    help: "hand it over with manage: reference, or give the old account a date under previousAccounts",
  }));
};

export const accountReplaced: FindingStep = function* (judging) {
  yield* bySubject(
    judging,
    ({ what, fate }) => what === "account" && fate === "replaced",
    (subject) => ({
      message: `applying it destroys the account of ${subject} and makes another: grants elsewhere stay with the old one`,
      help: "keep the account's id and project, or write the old account under previousAccounts until all have moved",
    }),
  );
};

export const serviceVanishes: FindingStep = function* (judging) {
  const isOne = ({ stays, environment, subject }: TerraformRemoval): boolean =>
    !stays && wasService(judging, environment, subject);
  yield* bySubject(judging, isOne, (subject, removals) => ({
    message: `${subject} goes without having been retired: applying it destroys its ${enumerateWords(wordsOf(removals), "and")}`,
    help: "announce it first with retired: DATE, or give its new key formerNames if it was renamed",
  }));
};

export const rowReplaced: FindingStep = function* (judging) {
  yield* bySubject(
    judging,
    ({ what, fate, stays }) => what === "row" && fate === "replaced" && stays,
    (subject) => ({
      message: `applying it makes the row of ${subject} anew: calls may be refused for minutes`,
      help: "apply it when few call, or add the new place beside the old one first",
    }),
  );
};

export const serviceReplaced: FindingStep = function* (judging) {
  yield* bySubject(
    judging,
    ({ what, stays }) => what === "service" && stays,
    (subject, removals) => ({
      message: `applying it destroys the Cloud Run service of ${subject}${removals.some(({ fate }) => fate === "replaced") ? " and makes another" : ""}`,
      help: "keep its name, region and project, or add the new place beside the old one first",
    }),
  );
};

function* bySubject(
  { removals, judged }: Judging,
  isOne: (removal: TerraformRemoval) => boolean,
  tell: (subject: string, removals: readonly TerraformRemoval[]) => Pick<DiffDraft, "help" | "message">,
): Iterable<DiffDraft> {
  const groups = groupBy(removals.filter(isOne), ({ subject }) => subject);
  if (groups.size === 0) return;
  const factsOf = groupBy(judged, ({ kind, subject }) => (causes.test(kind) ? (subject ?? undefined) : undefined));
  for (const [subject, group] of groups) {
    const environments = [...new Set(group.map(({ environment }) => environment))].sort(compareText);
    const facts: readonly JudgedFact[] = [
      ...(factsOf.get(subject) ?? []),
      ...environments.flatMap((environment) => factsOf.get(environment) ?? []),
    ];
    const isHere = (fact: JudgedFact): boolean =>
      fact.environments.length === 0 || fact.environments.some((each) => environments.includes(each));
    yield { ...tell(subject, group), environments, subject, facts: facts.filter(isHere) };
  }
}

/** Kinds of changes by which something leaves a stack, of services and callers and of environments. */
const causes =
  /^((service|caller)-(removed|renamed)|environment-(changed|removed)|(identity|account|stage|mode|service-kind|run-name|project|regions|image|former-names)-changed)$/;

function wasService({ context }: Judging, environment: string, subject: string): boolean {
  const [sides] = context.sidesOf({ environments: [environment] });
  return sides?.before.service(context.earlier(subject)) !== undefined;
}

function wordsOf(removals: readonly TerraformRemoval[]): readonly string[] {
  const has = (what: TerraformRemoval["what"]): boolean => removals.some((each) => each.what === what);
  return [
    has("account") ? ["account"] : [],
    has("row") ? ["row"] : [],
    has("service") ? ["Cloud Run service"] : [],
  ].flat();
}
