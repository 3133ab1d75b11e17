import { accountResource } from "../../access/account-project.ts";
import { LiveIndex } from "../../access/live-index.ts";
import { parseMember } from "../../access/member.ts";
import { needsOf } from "../../callers/caller-of.ts";
import type { Need } from "../../callers/setting.ts";
import type { Caller } from "../../matrix/model/world.ts";
import { shellCommand } from "../../shell/quote-shell.ts";
import type { Policy } from "../../snapshot/snapshot.ts";
import { valueOf } from "../../snapshot/value-of.ts";
import { calleesOf } from "../callees-of.ts";
import type { DriftContext } from "../drift-context.ts";
import type { DriftRule } from "../drift-rule.ts";
import { placeOf } from "../place-of.ts";

/** What a caller needs beside its place in rows, as far as Terraform grants it. */
export const needMissing: DriftRule = {
  id: "need-missing",
  severity: "warning",
  summary: "a caller lacks a grant that it needs beside its rows, so that it does not come to call",
  criteria: ["CC6.1"],
  *check(context) {
    const { snapshot, access, world } = context;
    const index = new LiveIndex(snapshot, access.services);
    const active = new Set(world.holding.map(({ caller }) => caller));
    for (const caller of world.callers.values()) {
      if (!active.has(caller.key)) continue;
      for (const need of needsOf(caller)) {
        if (need.by !== "synth") continue;
        const member = need.member === "caller" ? caller.principal : need.member.principal;
        const at = placeOfNeed(need, caller, context, index);
        if (at === undefined || at.policies.some((policy) => holds(policy, need.role, member))) continue;
        yield {
          message: `${caller.key} (${member}) does not hold ${need.role} on ${at.resource} (${need.when})`,
          fix: `apply what matrix synth writes; or ${at.command(member, need.role)}`,
          services: calleesOf([caller.key], context),
          principal: parseMember(member).principal,
          caller: caller.key,
          resource: at.resource,
          role: need.role,
          identity: [at.resource, need.role, member],
          ...placeOf(caller.key, context),
          ...(caller.home === undefined ? {} : { pending: { kind: "addition" as const, stack: caller.home.stack } }),
        };
      }
    }
  },
};

interface NeedPlace {
  readonly resource: string;
  /** Its own policy and those above it. */
  readonly policies: readonly Policy[];
  readonly command: (member: string, role: string) => string;
}

/** Undefined where what decides was not read: that is told as unread. */
function placeOfNeed(
  { on }: Need,
  { home, account }: Caller,
  { accountOf }: DriftContext,
  index: LiveIndex,
): NeedPlace | undefined {
  if (on === "project") {
    if (home === undefined || index.policyOf(`projects/${home.id}`) === undefined) return undefined;
    const policies = index.ancestorsOf(home.id).flatMap(({ container }) => valueOf(container?.policy) ?? []);
    const command = (member: string, role: string): string => binding(["projects"], home.id, member, role);
    return { resource: `projects/${home.id}`, policies, command };
  }
  const email = account?.email.toLowerCase();
  const policy = email === undefined ? undefined : valueOf(accountOf(email)?.policy);
  if (email === undefined || policy === undefined) return undefined;
  return {
    resource: accountResource(email),
    policies: [policy],
    command: (member, role) => binding(["iam", "service-accounts"], email, member, role),
  };
}

/** A condition may be true or not: whoever holds it under one is not said to lack it. */
function holds({ bindings }: Policy, role: string, member: string): boolean {
  const { principal } = parseMember(member);
  return bindings.some(
    (each) => each.role === role && each.members.some((written) => parseMember(written).principal === principal),
  );
}

function binding(group: readonly string[], name: string, member: string, role: string): string {
  return shellCommand(["gcloud", ...group, "add-iam-policy-binding", name, `--member=${member}`, `--role=${role}`]);
}
