import { type AccountStep, accountSteps } from "../../access/account-steps.ts";
import { listServices } from "../../access/evaluate-access.ts";
import type { DeclaredFederation, DeclaredOutsider } from "../../drift/declared-federation.ts";
import type { DriftReport } from "../../drift/drift-report.ts";
import { IMPERSONATOR_ROLE } from "../../federation/federation.ts";
import { shellCommand } from "../../shell/quote-shell.ts";
import { type AccountRecord, type Snapshot } from "../../snapshot/snapshot.ts";
import { valueOf } from "../../snapshot/value-of.ts";
import { type Instant, parseInstant } from "../../time/instant.ts";
import type { OutsideLack } from "./outside-answer.ts";
import type { Looked } from "./outside-judge.ts";

type AccountLooker = (outsider: DeclaredOutsider, isOff: boolean) => Looked;

/**
 * Makes the answer to whether an outsider holds a right to act as its account: by whatever grant, on it or above it, as the
 * evaluator reads them. What the matrix declares is one of them.
 */
export function makeAccountLooker(
  { drift, snapshot }: { readonly drift: DriftReport; readonly snapshot: Snapshot },
  { spell }: DeclaredFederation,
): AccountLooker {
  const stepsOf = accountSteps(snapshot, listServices(snapshot), parseInstant(drift.asOf) ?? (0 as Instant));
  const accounts = new Map(snapshot.accounts.map((account) => [account.email, account]));
  const projects = new Map(
    snapshot.projects.flatMap(({ project, accounts: own }) =>
      (valueOf(own) ?? []).map((email) => [email.toLowerCase(), project] as const),
    ),
  );
  const containers = new Map(snapshot.containers.map((each) => [each.resource, each]));
  return (outsider, isOff) => {
    const { email, member } = outsider;
    const record = accounts.get(email);
    const details = valueOf(record?.details);
    if (details === null) return sure("account", `${email} does not exist`, "make it, or correct it in the matrix");
    if (details?.disabled === true)
      return sure(
        "account",
        `${email} is disabled`,
        shellCommand(["gcloud", "iam", "service-accounts", "enable", email]),
      );
    if (member === undefined) return { lacks: [], unread: numberless(outsider) };
    const unread = [
      ...(valueOf(record?.policy) === undefined ? [{ what: "IAM policy of the account", resource: email }] : []),
      ...unreadAbove(projects.get(email), containers),
    ];
    // No grant to a pool that is off counts as a way; whether it is there is told all the same.
    if (isOff) return hasOwn(record, member, spell) || unread.length > 0 ? nothing : without(outsider, member);
    const own = stepsOf(email).filter(({ hop }) => hop.kind === "impersonate");
    const best = strongest(own, member, spell);
    if (best === "allowed") return nothing;
    // What was not read may hold a better one.
    if (best !== undefined || unread.length > 0)
      return { lacks: best === undefined ? [] : [unsure(member, best)], unread };
    return hasOwn(record, member, spell)
      ? sure("grant", `${member} may act as ${email}, and a deny policy keeps it from that`, "correct the deny policy")
      : without(outsider, member);
  };
}

const nothing: Looked = { lacks: [], unread: [] };

function sure(kind: OutsideLack["kind"], message: string, fix: string): Looked {
  return { lacks: [{ kind, isSure: true, message, fix }], unread: [] };
}

function without({ email, stack }: DeclaredOutsider, member: string): Looked {
  const command = shellCommand([
    "gcloud",
    "iam",
    "service-accounts",
    "add-iam-policy-binding",
    email,
    `--member=${member}`,
    `--role=${IMPERSONATOR_ROLE}`,
  ]);
  return sure(
    "grant",
    `${member} does not hold ${IMPERSONATOR_ROLE} on it`,
    stack === undefined ? command : `apply what matrix synth writes; or ${command}`,
  );
}

function unsure(member: string, best: Best): OutsideLack {
  const messages = {
    conditional: `${member} may act as it under a condition only, or a deny policy may keep it from that`,
    unknown: `${member} may act as it by a grant that could not be judged`,
    perhaps: `${member} may act as it only if it is in another set of its pool that may`,
  } as const;
  return {
    kind: "grant",
    isSure: false,
    message: messages[best],
    fix: `apply what matrix synth writes: ${IMPERSONATOR_ROLE} without a condition`,
  };
}

type Best = "conditional" | "unknown" | "perhaps";

/** What the surest grant to a member is worth; `perhaps`, where one names others of its pool, it among them or not. */
function strongest(
  steps: readonly AccountStep[],
  member: string,
  spell: DeclaredFederation["spell"],
): Best | "allowed" | undefined {
  const pool = poolOf(member);
  const worth = (step: AccountStep): Best | "allowed" | undefined => {
    const { principal, kind } = step.member;
    if (spell(principal) === spell(member) || kind === "allUsers" || principal.endsWith(`/${pool}/*`))
      return step.allow;
    return principal.startsWith("principalSet:") && poolOf(principal) === pool ? "perhaps" : undefined;
  };
  const found = new Set(steps.map(worth));
  return (["allowed", "conditional", "unknown", "perhaps"] as const).find((each) => found.has(each));
}

/** The pool in a member by its resource name; that of a Kubernetes account, which has a name of its own, by that. */
function poolOf(member: string): string {
  const [, project = ""] = /^serviceAccount:(.+\.svc\.id\.goog)\[/.exec(member) ?? [];
  if (project !== "") return `workloadIdentityPools/${project}`;
  const [whole = "?", pool = ""] =
    /projects\/\d+\/locations\/global\/(workloadIdentityPools\/[^/]+)/.exec(member) ?? [];
  return pool.endsWith(".svc.id.goog") ? pool : whole;
}

/** Whether the declared grant itself is there, whatever becomes of it. */
function hasOwn(record: AccountRecord | undefined, member: string, spell: DeclaredFederation["spell"]): boolean {
  return (valueOf(record?.policy)?.bindings ?? []).some(
    ({ role, members }) => role === IMPERSONATOR_ROLE && members.some((each) => spell(each) === spell(member)),
  );
}

function numberless({ by }: DeclaredOutsider): Looked["unread"] {
  return by.kind === "known" ? [] : [{ what: "place in the hierarchy", resource: `projects/${by.pool.project.id}` }];
}

/** Above the project is what no answer hangs on: it is told as the horizon. */
function unreadAbove(
  project: string | undefined,
  containers: ReadonlyMap<string, Snapshot["containers"][number]>,
): Looked["unread"] {
  if (project === undefined) return [];
  const resource = `projects/${project}`;
  return valueOf(containers.get(resource)?.policy) === undefined ? [{ what: "IAM policy", resource }] : [];
}
