import type { ChangeKind } from "../change-kind.ts";
import type { ApprovalReason } from "../diff-report.ts";
import { ofException, ofInherited } from "./approvers/of-entries.ts";
import { approversOfRule, ofFirstApprovers } from "./approvers/of-rules.ts";
import { ofFirstOwner, ofTeam } from "./approvers/of-first-judges.ts";
import type { Need, WhoApproves } from "./approvers/need.ts";
import { ofProjects } from "./approvers/of-projects.ts";
import type { DiffContext } from "./diff-context.ts";
import type { Sides } from "./sides.ts";
import { principalOf } from "../../matrix/model/principal-of.ts";
import { resourcesOf } from "../real-things.ts";
import { actorsFor } from "./impacts/identity-impacts.ts";

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
 * at the same Cloud Run resource before, in whatever environment, is asked as well: a grant on it is access to what he deployed.
 */
function* ownersOf(
  name: string,
  reason: ApprovalReason,
  { before, after }: Sides,
  context: DiffContext,
): Iterable<Need> {
  const now = after.find(name);
  const there = now === undefined ? [] : context.things.before.at(resourcesOf(now)).map((holder) => holder.name.owner);
  const then = before.find(context.earlier(name));
  const earlier = [then?.owner, ...there].flatMap((owner) => owner ?? []);
  const owners = [...earlier, ...(now?.owner === undefined ? [] : [now.owner])];
  // Nor does one that the change gives to what nobody owned decide about it.
  if (owners.length === 0 || (then !== undefined && earlier.length === 0)) yield { owner: null, unowned: name, reason };
  for (const owner of new Set(owners)) yield { owner, reason };
}

const ofCallee = inEach((name, sides, context) => ownersOf(name, "callee-owner", sides, context));
const ofService = inEach((name, sides, context) => ownersOf(name, "service-owner", sides, context));

/** Whom a name may call, in its own name or in that of another that runs as the same account. */
const ofCallees = inEach((name, sides, context) => {
  const { after } = sides;
  const now = after.find(name);
  const earlier = now === undefined ? [] : context.things.before.actingAs([principalOf(now)]);
  return [
    ...earlier.flatMap((holder): readonly Need[] =>
      holder.name.owner === undefined ? [] : [{ owner: holder.name.owner, reason: "service-owner" }],
    ),
    ...actorsFor(sides, name, context).flatMap((actor) => {
      const there = context.sidesAt(actor);
      const { key } = actor.name;
      return [
        ...(actor.name === now ? [] : ownersOf(key, "service-owner", there, context)),
        ...there.after.callees(key).flatMap((callee) => [...ownersOf(callee, "callee-owner", there, context)]),
      ];
    }),
  ];
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

/** Where a rule names nobody, the matrix demands nobody: `approver-missing` says so. */
const ofRule: WhoApproves = ({ subject }, context) => approversOfRule(subject, context);

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

export const approverTable = {
  "environment-added": nobody,
  "environment-removed": nobody,
  "environment-changed": ofProjects(ownersOf),
  "guardrails-changed": nobody,
  "service-removed": ofEarlier("service-owner"),
  "service-added": ifBroadens(together(ofIdentity, ofLost)),
  "service-renamed": ifBroadens(ofLost),
  "caller-removed": nobody,
  "caller-added": ifBroadens(together(ofIdentity, ofLost)),
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
  "account-changed": ifBroadens(together(ofIdentity, ofLost)),
  "previous-account-added": ifBroadens(together(ofIdentity, ofLost)),
  "previous-account-removed": nobody,
  "previous-account-changed": ifBroadens(ofIdentity),
  "stage-changed": ifBroadens(ofIdentity),
  "mode-changed": ifBroadens(ofService),
  "service-kind-changed": ifBroadens(together(ofService, ofLost)),
  "run-name-changed": ifBroadens(together(ofService, ofLost)),
  "project-changed": ifBroadens(together(ofService, ofLost)),
  "regions-changed": ifBroadens(together(ofService, ofLost)),
  "image-changed": nobody,
  "former-names-changed": nobody,
  "owner-changed": together(ofEarlier("former-owner"), ofFirstOwner, ifBroadens(ofLost)),
  "labels-changed": ifBroadens(ofLost),
  "description-changed": nobody,
  "set-added": nobody,
  "set-removed": nobody,
  "set-changed": nobody,
  "rule-added": nobody,
  "rule-removed": ofRule,
  "rule-changed": together(ifBroadens(ofRule), ofFirstApprovers),
  "exception-added": ofException,
  "exception-removed": nobody,
  "exception-changed": ofException,
  "inherited-added": ofInherited,
  "inherited-removed": nobody,
  "inherited-changed": ofInherited,
  "team-added": ofTeam,
  "team-removed": ofTeam,
  "team-changed": ofTeam,
  "sensitive-changed": ifBroadens(ofLostSensitive),
  "lint-changed": nobody,
  "terraform-changed": nobody,
} as const satisfies Readonly<Record<ChangeKind, WhoApproves>>;
