import type { ChangeKind } from "../change-kind.ts";
import type { ApprovalReason, Impact } from "../diff-report.ts";
import type { DiffContext, Judged, Sides } from "./diff-context.ts";
import { actsFor } from "./impacts/identity-impacts.ts";

export interface Need {
  /** Null where nobody owns it. */
  readonly owner: string | null;
  /** What nobody owns. */
  readonly unowned?: string;
  readonly reason: ApprovalReason;
}

type Asked = Judged & { readonly impact: Impact };
type WhoApproves = (change: Asked, context: DiffContext) => Iterable<Need>;

const nobody: WhoApproves = () => [];

/** Narrowing, or doing nothing to access, needs nobody. */
const ifBroadens =
  (who: WhoApproves): WhoApproves =>
  (change, context) =>
    change.impact === "broadens" ? who(change, context) : [];

const together =
  (...all: readonly WhoApproves[]): WhoApproves =>
  (change, context) =>
    all.flatMap((who) => [...who(change, context)]);

const inEach =
  (who: (name: string, sides: Sides, context: DiffContext) => Iterable<Need>): WhoApproves =>
  (change, context) =>
    context.sidesOf(change).flatMap((sides) => [...who(change.to ?? change.subject ?? "", sides, context)]);

/**
 * The owners of a service or caller: of both versions, so that nobody is handed what he then lets in. Who owned what stood
 * at the same Cloud Run resource before is asked as well: a grant on it is access to what he deployed.
 */
function* ownersOf(
  name: string,
  reason: ApprovalReason,
  { before, after }: Sides,
  context: DiffContext,
): Iterable<Need> {
  const now = after.find(name);
  const service = after.service(name);
  const there = service === undefined ? [] : before.atResourcesOf(service).map((key) => before.find(key)?.owner);
  const owners = [before.find(context.earlier(name))?.owner, now?.owner, ...there].flatMap((owner) => owner ?? []);
  if (owners.length === 0) yield { owner: null, unowned: name, reason };
  for (const owner of new Set(owners)) yield { owner, reason };
}

const ofCallee = inEach((name, sides, context) => ownersOf(name, "callee-owner", sides, context));
const ofService = inEach((name, sides, context) => ownersOf(name, "service-owner", sides, context));

/** Whom a name may call, in its own name or in that of another that runs as the same account. */
const ofCallees = inEach((name, sides, context) => {
  const { after } = sides;
  return actsFor(after, name).flatMap((actor) => [
    ...(actor === name ? [] : ownersOf(actor, "service-owner", sides, context)),
    ...after.callees(actor).flatMap((callee) => [...ownersOf(callee, "callee-owner", sides, context)]),
  ]);
});

const ofIdentity: WhoApproves = together(
  (change, context) => ofService({ ...change, to: null }, context),
  (change, context) => ofCallees({ ...change, to: null }, context),
);

const ofEarlier =
  (reason: ApprovalReason): WhoApproves =>
  ({ subject }, context) =>
    context.sides.flatMap(({ before }) => {
      const owner = before.find(context.earlier(subject ?? ""))?.owner;
      return owner === undefined ? [] : [{ owner, reason }];
    });

/** The approvers that a rule of the matrix names in either version. */
export function approversOfRule(
  rule: string | null,
  { pair: { before, after } }: DiffContext,
  reason: ApprovalReason = "rule-approver",
): readonly Need[] {
  const named = [before, after].flatMap(({ rules }) => rules.find(({ key }) => key === rule)?.value.approvers ?? []);
  return [...new Set(named)].map((owner) => ({ owner, reason }));
}

/** Where a rule names nobody, the matrix demands nobody: `approver-missing` says so. */
const ofRule: WhoApproves = ({ subject }, context) => approversOfRule(subject, context);

/** A rule without approvers lets whoever answers for an exception accept it. */
const ofException: WhoApproves = ({ subject }, context) => {
  const { before, after } = context.pair;
  const versions = [before, after].flatMap(
    ({ exceptions }) => exceptions.find(({ key }) => key === subject)?.value ?? [],
  );
  const reason = "exception-approver";
  const byRule = versions.flatMap(({ rule }) => approversOfRule(rule, context, reason));
  const own = versions.flatMap(({ owner, approvedBy }) => [owner, ...(approvedBy === undefined ? [] : [approvedBy])]);
  return byRule.length > 0 ? byRule : [...new Set(own)].map((owner) => ({ owner, reason }));
};

const ofInherited: WhoApproves = ({ subject }, { pair: { before, after } }) => {
  const owners = [before, after].flatMap(
    ({ inherited }) => inherited.find(({ key }) => key === subject)?.value.owner ?? [],
  );
  return [...new Set(owners)].map((owner) => ({ owner, reason: "service-owner" }));
};

/** Of what a name leaves by what is said of itself: the rules' approvers, and of `sensitive` its owners. */
const ofLost: WhoApproves = (change, context) =>
  context
    .lostBy(change)
    .flatMap(({ rule }) =>
      rule === null ? [...ofService({ ...change, to: null }, context)] : approversOfRule(rule, context),
    );

const ofLostSensitive: WhoApproves = (_, context) => {
  const names = new Set(context.lost.flatMap(({ rule, name }) => (rule === null ? [name] : [])));
  return context.sides.flatMap((sides) =>
    [...names].flatMap((name) => [...ownersOf(name, "service-owner", sides, context)]),
  );
};

/** Who decides for an owner is that owner's own business first. */
const ofTeam: WhoApproves = ({ subject }, { pair: { before, after } }) => {
  const github = [before, after].map(({ owners }) => owners?.get(subject ?? "")?.value.github);
  return github[0] === github[1] ? [] : [{ owner: subject, reason: "former-owner" }];
};

export const approverTable = {
  "environment-added": nobody,
  "environment-removed": nobody,
  "environment-changed": nobody,
  "guardrails-changed": nobody,
  "service-removed": ofEarlier("service-owner"),
  "service-added": ifBroadens(ofIdentity),
  "service-renamed": ifBroadens(ofLost),
  "caller-removed": nobody,
  "caller-added": ifBroadens(ofIdentity),
  "caller-renamed": ifBroadens(ofLost),
  "edge-added": ifBroadens(ofCallee),
  "edge-removed": nobody,
  "expiry-changed": ifBroadens(ofCallee),
  "through-changed": ifBroadens(ofCallee),
  "reason-changed": nobody,
  "ticket-changed": nobody,
  "review-changed": nobody,
  "public-added": ifBroadens(ofCallee),
  "public-removed": nobody,
  "public-changed": nobody,
  "ingress-changed": ifBroadens(ofService),
  "iap-changed": ifBroadens(ofService),
  "invoker-role-changed": ifBroadens(ofService),
  "identity-changed": ifBroadens(together(ofIdentity, ofLost)),
  "account-changed": ifBroadens(ofIdentity),
  "previous-account-added": ifBroadens(ofIdentity),
  "previous-account-removed": nobody,
  "previous-account-changed": ifBroadens(ofIdentity),
  "stage-changed": ifBroadens(ofIdentity),
  "mode-changed": ifBroadens(ofService),
  "service-kind-changed": ifBroadens(together(ofService, ofLost)),
  "run-name-changed": ifBroadens(ofService),
  "project-changed": ifBroadens(ofService),
  "regions-changed": ifBroadens(ofService),
  "image-changed": nobody,
  "former-names-changed": nobody,
  "owner-changed": together(ofEarlier("former-owner"), ifBroadens(ofLost)),
  "labels-changed": ifBroadens(ofLost),
  "description-changed": nobody,
  "set-added": nobody,
  "set-removed": nobody,
  "set-changed": nobody,
  "rule-added": nobody,
  "rule-removed": ofRule,
  "rule-changed": ifBroadens(ofRule),
  "exception-added": ifBroadens(ofException),
  "exception-removed": nobody,
  "exception-changed": ifBroadens(ofException),
  "inherited-added": ifBroadens(ofInherited),
  "inherited-removed": nobody,
  "inherited-changed": ifBroadens(ofInherited),
  "team-added": nobody,
  "team-removed": ofTeam,
  "team-changed": ofTeam,
  "sensitive-changed": ifBroadens(ofLostSensitive),
  "lint-changed": nobody,
  "terraform-changed": nobody,
} as const satisfies Readonly<Record<ChangeKind, WhoApproves>>;
