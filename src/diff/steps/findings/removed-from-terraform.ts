import { briefList } from "../../../words/brief.ts";
import { compareText } from "../../../words/compare-text.ts";
import { enumerateWords } from "../../../words/enumerate-words.ts";
import { groupBy } from "../../../words/group-by.ts";
import type { DiffDraft, FindingStep, JudgedFact, Judging } from "../finding-step.ts";
import type { TerraformRemoval } from "../terraform-removals.ts";

/** Of an account that goes: of a caller that goes, or of a service or caller that stays without it. */
export const accountDestroyed: FindingStep = function* (judging) {
  const isOne = ({ what, fate, stays, environment, subject }: TerraformRemoval): boolean =>
    what === "account" && fate === "destroyed" && (stays || !wasService(judging, environment, subject));
  const goes = ofItself(judging);
  yield* bySubject(
    judging,
    (removal) => isOne(removal) && goes(removal),
    (subject) => ({
      message: `applying it destroys the account of ${subject}, with every grant that the account has anywhere`,
      help: "hand it over with manage: reference, or give the old account a date under previousAccounts",
    }),
  );
};

export const accountReplaced: FindingStep = function* (judging) {
  yield* handed(judging, "account", "grants elsewhere do not pass to the new account");
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
  const goes = ofItself(judging);
  yield* withEnvironments(judging);
  yield* bySubject(
    judging,
    (removal) => isOne(removal) && goes(removal),
    (subject, removals) => ({
      message: `${subject} goes without having been retired: applying it destroys its ${enumerateWords(wordsOf(removals), "and")}`,
      help: "announce it first with retired: DATE, or give its new key formerNames if it was renamed",
    }),
  );
};

export const rowReplaced: FindingStep = function* (judging) {
  yield* handed(judging, "row", "calls are refused with 403 for minutes, or until the second is applied again");
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
  yield* handed(judging, "service", "it does not run in between");
  yield* bySubject(
    judging,
    ({ what, stays, madeBy }) => what === "service" && stays && madeBy === undefined,
    (subject, removals) => ({
      message: `applying it destroys the Cloud Run service of ${subject}${removals.some(({ fate }) => fate === "replaced") ? " and makes another" : ""}`,
      help: "keep its name, region and project, or add the new place beside the old one first",
    }),
  );
};

const nouns = { account: "account", row: "row", service: "Cloud Run service" } as const;

/** Of each service or caller whose things one stack lets go and another makes: nothing moves between two states by itself. */
function* handed({ removals, of }: Judging, what: keyof typeof nouns, effect: string): Iterable<DiffDraft> {
  const all = removals.filter((removal) => removal.what === what && removal.madeBy !== undefined);
  const facts = all.length === 0 ? [] : of(...moves);
  for (const group of groupBy(all, ({ subject, stack, madeBy }) => `${subject} ${stack} ${madeBy}`).values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { subject, stack, madeBy } = first;
    const environments = [...new Set(group.map(({ environment }) => environment))].sort(compareText);
    const about = new Set([subject, ...environments]);
    yield {
      message: `the ${nouns[what]} of ${subject} is destroyed by stack ${stack} and made by stack ${madeBy}: ${effect}`,
      help: `move the state first: take it out of ${stack} with a removed block that destroys nothing, and import it in ${madeBy}`,
      environments,
      subject,
      facts: facts.filter(
        (fact) => about.has(fact.subject ?? "") && fact.environments.some((each) => environments.includes(each)),
      ),
      identity: `${stack} ${madeBy}`,
    };
  }
}

/** Kinds of changes by which something comes to be in another stack. */
const moves = [
  "environment-removed",
  "environment-changed",
  "service-removed",
  "caller-removed",
  "identity-changed",
  "account-changed",
  "project-changed",
] as const;

/** Of each environment that goes, with all that its stacks held and no other comes to hold. */
function* withEnvironments({ context, removals, of }: Judging): Iterable<DiffDraft> {
  const gone = groupBy(
    removals.filter(({ madeBy }) => madeBy === undefined),
    ({ environment }) => environment,
  );
  for (const fact of of("environment-removed")) {
    const environment = fact.subject ?? "";
    const names = [...new Set((gone.get(environment) ?? []).map(({ subject }) => subject))].sort(compareText);
    if (names.length === 0 || !isGone(context, environment)) continue;
    yield {
      message: `the environment ${environment} goes, and with its stacks the accounts and rows of ${briefList(names)}`,
      help: "give its services a retired date first where they are still called; synth writes its stacks no more, so destroy what they hold yourself",
      environments: [environment],
      subject: null,
      facts: [
        fact,
        ...of("service-removed", "caller-removed").filter(({ environments }) => environments.includes(environment)),
      ],
      identity: environment,
    };
  }
}

/** Whether something goes by itself: not with its environment, and not to another stack. */
function ofItself({ context }: Judging): (removal: TerraformRemoval) => boolean {
  return ({ environment, madeBy }) => madeBy === undefined && !isGone(context, environment);
}

function isGone({ pair }: Judging["context"], environment: string): boolean {
  return pair.worlds.some((world) => world.environment === environment && world.after === undefined);
}

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
