import { type ChangeKind, changeKinds } from "../../diff/change-kind.ts";
import type { Change, DiffReport } from "../../diff/diff-report.ts";
import type { Json } from "../../diff/fact.ts";
import { projectMoved, regionsMoved, stageChanged } from "./describe-move.ts";
import { inEnvironments } from "./in-environments.ts";
import type { Say } from "./say.ts";
import { fieldOf, fieldsOf, showValue } from "./show-value.ts";

interface Phrase {
  /** What one change does, as a sentence that starts with its verb. */
  readonly one: (change: Change, say: Say) => string;
  /** What so many of them do. */
  readonly many: (count: string) => string;
  /** Whether the sentence says what was and what is. */
  readonly isWhole?: true;
}

/** What each kind of change does. All words of a matrix go through `say`. */
const phrases = {
  "environment-added": about("adds the environment", "adds", "environments"),
  "environment-removed": about("removes the environment", "removes", "environments"),
  "environment-changed": about("changes the environment", "changes", "environments"),
  "guardrails-changed": {
    one: (change, say) => `${verb(change, "loosens", "tightens")} the guardrails of ${subject(change, say)}`,
    many: (n) => `changes the guardrails of ${n} environments`,
  },
  "service-removed": about("removes the service", "removes", "services"),
  "service-added": about("adds the service", "adds", "services"),
  "service-renamed": { one: renames, many: (n) => `renames ${n} services`, isWhole: true },
  "caller-removed": about("removes the caller", "removes", "callers"),
  "caller-added": about("adds the caller", "adds", "callers"),
  "caller-renamed": { one: renames, many: (n) => `renames ${n} callers`, isWhole: true },
  "edge-added": { one: edgeAdded, many: (n) => `adds ${n} edges` },
  "edge-removed": { one: edgeRemoved, many: (n) => `removes ${n} edges` },
  "expiry-changed": { one: expiryChanged, many: (n) => `changes when ${n} edges end`, isWhole: true },
  "through-changed": fromTo("takes", "changes the way of", "edges", "direct"),
  "reason-changed": text("the reason", "the reasons", "edges"),
  "ticket-changed": fromTo("changes the ticket of", "changes the tickets of", "edges"),
  "review-changed": fromTo("changes the review date of", "changes the review dates of", "edges"),
  "public-added": {
    one: (change, say) => `opens ${subject(change, say)} to the internet`,
    many: (n) => `opens ${n} services to the internet`,
  },
  "public-removed": {
    one: (change, say) => `closes ${subject(change, say)} to the internet`,
    many: (n) => `closes ${n} services to the internet`,
  },
  "public-changed": about("rewords why everybody may call", "rewords why everybody may call", "services"),
  "ingress-changed": fromTo("changes the ingress of", "changes the ingress of", "services"),
  "iap-changed": {
    one: iapChanged,
    many: (n) => `turns IAP on or off for ${n} services`,
    isWhole: true,
  },
  "invoker-role-changed": fromTo("changes the invoker role of", "changes the role of", "services"),
  "identity-changed": about("changes who is", "changes who is behind", "callers"),
  "account-changed": about("changes the account of", "changes the accounts of", "services or callers"),
  "previous-account-added": about("keeps an earlier account of", "keeps", "earlier accounts"),
  "previous-account-removed": about("drops an earlier account of", "drops", "earlier accounts"),
  "previous-account-changed": about("changes an earlier account of", "changes", "earlier accounts"),
  "stage-changed": moved(stageChanged, (n) => `changes the stage of ${n} services`),
  "mode-changed": {
    one: (change, say) =>
      `${verb(change, "lowers", "raises", "changes")} the mode of ${subject(change, say)}${fromToWords(change, say)}`,
    many: (n) => `changes the mode of ${n} services`,
    isWhole: true,
  },
  "service-kind-changed": fromTo("turns", "changes the kind of", "services"),
  "run-name-changed": fromTo("points", "changes the Cloud Run name of", "services"),
  "project-changed": moved(projectMoved, (n) => `moves ${n} services to another project`),
  "regions-changed": moved(regionsMoved, (n) => `changes the regions of ${n} services`),
  "image-changed": fromTo("changes the image of", "changes the image of", "services"),
  "former-names-changed": about("changes the former names of", "changes the former names of", "services"),
  "owner-changed": fromTo("hands", "hands over", "services or callers", "nobody"),
  "labels-changed": about("changes the labels of", "changes the labels of", "services or callers"),
  "description-changed": text("the description", "the descriptions", "services or callers"),
  "set-added": about("adds the set", "adds", "sets"),
  "set-removed": about("removes the set", "removes", "sets"),
  "set-changed": about("changes the set", "changes", "sets"),
  "rule-added": about("adds the rule", "adds", "rules"),
  "rule-removed": about("removes the rule", "removes", "rules"),
  "rule-changed": {
    one: (change, say) => `${verb(change, "relaxes", "tightens")} the rule ${subject(change, say)}`,
    many: (n) => `changes ${n} rules`,
  },
  "exception-added": about("adds the exception", "adds", "exceptions"),
  "exception-removed": about("removes the exception", "removes", "exceptions"),
  "exception-changed": {
    one: (change, say) => `${verb(change, "widens", "narrows")} the exception ${subject(change, say)}`,
    many: (n) => `changes ${n} exceptions`,
  },
  "inherited-added": about("declares the inherited access", "declares", "kinds of inherited access"),
  "inherited-removed": about("drops the inherited access", "drops", "kinds of inherited access"),
  "inherited-changed": about("changes the inherited access", "changes", "kinds of inherited access"),
  "team-added": about("adds the owner", "adds", "owners"),
  "team-removed": about("removes the owner", "removes", "owners"),
  "team-changed": { one: teamChanged, many: (n) => `changes ${n} owners` },
  "sensitive-changed": { one: sensitiveChanged, many: (n) => `changes ${n} times what is sensitive` },
  "lint-changed": fromTo("sets the severity of", "sets the severity of", "rules", "its default"),
  "terraform-changed": {
    one: () => "changes the Terraform settings",
    many: (n) => `changes ${n} Terraform settings`,
  },
} as const satisfies Readonly<Record<ChangeKind, Phrase>>;

/** What a change does: `lets storefront call billing`. Encoded, since its names went through `say`. */
export function describeChange(change: Change, say: Say): string {
  return phrases[change.kind].one(change, say);
}

/** What several changes of one kind do: `adds 12 edges`. */
export function describeMany(kind: ChangeKind, count: number | string): string {
  return phrases[kind].many(String(count));
}

/** The same with where it holds: ` in prod and staging`. What is about an environment says so itself. */
export function describeWhere(
  change: Change,
  environments: readonly string[],
  report: Pick<DiffReport, "environments">,
  say: Say,
): string {
  const isEnvironment = changeKinds[change.kind] === "environment";
  return describeChange(change, say) + (isEnvironment ? "" : inEnvironments(environments, report, say));
}

/** Whether the sentence about a change says what was and what is, so that nothing needs to be added. */
export function saysAll({ kind, before, after }: Pick<Change, "after" | "before" | "kind">): boolean {
  const phrase: Phrase = phrases[kind];
  if (kind === "sensitive-changed") return (before === null || after === null) && isShort(before ?? after);
  return phrase.isWhole === true;
}

function about(one: string, many: string, nouns: string): Phrase {
  return { one: (change, say) => `${one} ${subject(change, say)}`, many: (n) => `${many} ${n} ${nouns}` };
}

/** A text that a person wrote. */
function text(one: string, many: string, nouns: string): Phrase {
  return {
    one: (change, say) => {
      const does = change.after === null ? "removes" : change.before === null ? "adds" : "rewords";
      return `${does} ${one} of ${subject(change, say)}`;
    },
    many: (n) => `changes ${many} of ${n} ${nouns}`,
  };
}

function moved(one: (service: string, change: Change, say: Say) => string, many: Phrase["many"]): Phrase {
  return { one: (change, say) => one(subject(change, say), change, say), many, isWhole: true };
}

/** @param nothing what is said where there is none */
function fromTo(one: string, many: string, nouns: string, nothing?: string): Phrase {
  return {
    one: (change, say) => `${one} ${subject(change, say)}${fromToWords(change, say, nothing)}`,
    many: (n) => `${many} ${n} ${nouns}`,
    isWhole: true,
  };
}

/** ` from observe to enforce` */
function fromToWords({ before, after }: Change, say: Say, nothing = "nothing"): string {
  const word = (value: Json): string => (value === null ? nothing : say.name(showValue(value)));
  return ` from ${word(before)} to ${word(after)}`;
}

function subject({ subject: named, from, to }: Change, say: Say): string {
  if (from !== null && to !== null && from !== "internet") return `${say.name(from)} -> ${say.name(to)}`;
  const name = named ?? to;
  return name === null ? "the matrix" : say.name(name);
}

/** The verb that fits what a change does to access. */
function verb({ impact }: Change, broadens: string, narrows: string, neutral = "changes"): string {
  return { broadens, narrows, neutral }[impact];
}

function renames({ before, after }: Change, say: Say): string {
  return `renames ${say.name(showValue(before))} to ${say.name(showValue(after))}`;
}

function edgeAdded(change: Change, say: Say): string {
  // An edge that has expired, or that has no effect in this stage, lets nobody call.
  if (change.impact === "neutral") return `adds ${subject(change, say)}, which grants nothing`;
  const way = fieldOf(change.after, "through") === "iap" ? " through IAP" : "";
  return `lets ${say.name(change.from ?? "")} call ${say.name(change.to ?? "")}${way}`;
}

function edgeRemoved(change: Change, say: Say): string {
  if (change.impact === "neutral") return `removes ${subject(change, say)}, which granted nothing`;
  return `no longer lets ${say.name(change.from ?? "")} call ${say.name(change.to ?? "")}`;
}

/** Characters of a selector that a sentence has room for. */
const SELECTOR_LENGTH = 60;

function isShort(value: Json): boolean {
  return showValue(value).length <= SELECTOR_LENGTH;
}

function sensitiveChanged(change: Change, say: Say): string {
  const { before, after } = change;
  const short = (value: Json): string => (isShort(value) ? ` (${say.name(showValue(value))})` : "");
  if (after === null) return `removes ${say.name("sensitive")}${short(before)}`;
  if (before === null) return `adds ${say.name("sensitive")}${short(after)}`;
  return `${verb(change, "narrows", "widens")} what is ${say.name("sensitive")}`;
}

function teamChanged(change: Change, say: Say): string {
  const owner = subject(change, say);
  const github = (value: Json): string => {
    const found = fieldsOf(value).find(([key]) => key === "github");
    return found === undefined ? "" : showValue(found[1]);
  };
  const [was, is] = [github(change.before), github(change.after)];
  if (was === is) return `changes the contact of the owner ${owner}`;
  return `${is === "" ? "nobody" : say.name(is)} approves for ${owner} from now on`;
}

function iapChanged(change: Change, say: Say): string {
  const [was, is] = [change.before, change.after].map((value) => value !== null && value !== false);
  if (was === is) return `changes IAP for ${subject(change, say)}${fromToWords(change, say)}`;
  return `turns IAP ${is === true ? "on" : "off"} for ${subject(change, say)}`;
}

function expiryChanged(change: Change, say: Say): string {
  const { before, after } = change;
  const edge = subject(change, say);
  if (before === null) return `ends ${edge} on ${say.name(showValue(after))}`;
  if (after === null) return `takes the end of ${edge} away, which was ${say.name(showValue(before))}`;
  return `${verb(change, "extends", "shortens", "moves the end of")} ${edge}${fromToWords(change, say)}`;
}
