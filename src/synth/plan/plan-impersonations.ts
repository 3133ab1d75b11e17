import { accountProject } from "../../access/account-project.ts";
import { IMPERSONATOR_ROLE, type Impersonation } from "../../federation/federation.ts";
import { memberPath, memberScheme } from "../../federation/outside-member.ts";
import { compareText } from "../../words/compare-text.ts";
import { groupBy } from "../../words/group-by.ts";
import { poolAddress, poolName } from "./addresses.ts";
import { accountName } from "./plan-accounts.ts";
import type { StackScope } from "./stack-scope.ts";
import type { ImpersonationPlan, MemberPlan, Value } from "./stack-plan.ts";

/**
 * Who outside may act as which account: of an account that the stack holds everybody, whoever else may is removed; to
 * any other account its callers are added.
 */
export function planImpersonations(scope: StackScope): readonly ImpersonationPlan[] {
  const { federation, held, name } = scope;
  const here = federation.impersonations.filter((each) => stackOf(each, scope) === name);
  const groups = groupBy(here, ({ caller, account }) => held.get(account.email) ?? caller);
  return [...groups]
    .flatMap(([key, group]): readonly ImpersonationPlan[] => {
      const [first] = group;
      if (first === undefined) return [];
      const { account } = first;
      return [
        {
          mode: held.has(account.email) ? "enforce" : "add",
          key,
          callers: group.map(({ caller }) => caller),
          email: account.email,
          account: accountName(account, held),
          role: IMPERSONATOR_ROLE,
          members: membersOf(group, name),
        },
      ];
    })
    .sort((a, b) => compareText(a.key, b.key));
}

/** That of the account's project, which alone may say who else acts as it; of an account elsewhere that of its caller. */
function stackOf({ caller, account }: Impersonation, { world }: StackScope): string | undefined {
  if (account.source === "project") return account.project.stack;
  const id = accountProject(account.email);
  const project = world.environment.projects.find((each) => each.id === id) ?? world.callers.get(caller)?.home;
  return project?.stack;
}

/** Each once: two callers may be one identity. */
function membersOf(group: readonly Impersonation[], stack: string): readonly MemberPlan[] {
  const members = group.map((each) => planOutsider(each, stack));
  return [...new Map(members.map((member) => [member.principal, member])).values()];
}

/**
 * The member that may impersonate. The number of the pool's project is in the pool's name, which Terraform knows where it
 * makes the pool. As a key, which must be known before anything is made, it stands with the id of the project.
 */
function planOutsider({ by }: Impersonation, stack: string): MemberPlan {
  if (by.kind === "known") return { member: { text: by.principal }, principal: by.principal };
  const { project, id, origin } = by.pool;
  const [scheme, path] = [`${memberScheme(by.match)}://iam.googleapis.com/`, `/${memberPath(by.match)}`];
  const named = (of: string): string => `${scheme}projects/${of}/locations/global/workloadIdentityPools/${id}${path}`;
  const isOurs = origin === "made" && project.stack === stack;
  const member: Value = isOurs
    ? { parts: [{ text: scheme }, { reference: `${poolAddress(poolName(project.id, id))}.name` }, { text: path }] }
    : { text: named(project.number ?? project.id) };
  return { member, principal: named(project.id) };
}
