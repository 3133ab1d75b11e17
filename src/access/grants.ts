import type { Policy } from "../snapshot/snapshot.ts";
import type { Hop, Level, OddGrant, Oddity, Verdict } from "./access.ts";
import type { Instant } from "../time/instant.ts";
import { conditionEvaluator, type ConditionValue, laterEvaluator, namesResource } from "./evaluate-condition.ts";
import type { LiveIndex } from "./live-index.ts";
import { type Member, parseMember } from "./member.ts";
import { permissions } from "./permissions.ts";
import { isAgentRole, isManagedGrant, isOrdinaryAccount } from "./service-agents.ts";

/** How sure it is that something grants. */
export type Allow = Exclude<Verdict, "denied">;

const strength: Readonly<Record<Allow, number>> = { unknown: 0, conditional: 1, allowed: 2 };

export function weaker(a: Allow, b: Allow): Allow {
  return strength[a] <= strength[b] ? a : b;
}

/** The surest of several ways; undefined where there is none. */
export function strongest(all: readonly (Allow | undefined)[]): Allow | undefined {
  return all.reduce<Allow | undefined>(
    (best, allow) => (allow === undefined || (best !== undefined && isAsStrong(best, allow)) ? best : allow),
    undefined,
  );
}

export function isAsStrong(a: Allow, b: Allow): boolean {
  return strength[a] >= strength[b];
}

/** One member of one binding that grants, or may grant, a permission. */
export interface Grant {
  readonly member: Member;
  readonly hop: Hop;
  readonly allow: Allow;
  readonly managed: boolean;
}

/** A member of a role, whatever the role carries. */
interface RoleHolder {
  readonly member: Member;
  /** As the policy writes it. */
  readonly written: string;
  readonly condition: string | null;
  readonly allow: Allow;
}

/** Where a policy hangs. */
export interface PolicyPlace {
  readonly level: Level;
  readonly resource: string;
  /** The number of the project (folder, organization) that it belongs to, where it is known. */
  readonly number: string | undefined;
}

export interface PolicyGrants {
  readonly grants: readonly Grant[];
  readonly odd: readonly Omit<OddGrant, "services">[];
  /** The roles of which it is not known whether they carry the permission. */
  readonly unknownRoles: ReadonlySet<string>;
}

/** Reads policies: which of their members hold a permission, and how surely. */
export class GrantReader {
  readonly #index: LiveIndex;
  readonly #evaluate: (expression: string) => ConditionValue;
  readonly #holdsLater: (expression: string) => boolean;
  readonly #countsLater: boolean;

  /** With `countsLater`, a grant whose condition does not hold yet, and will, is one under a condition. */
  constructor(index: LiveIndex, asOf: Instant, countsLater = false) {
    this.#index = index;
    this.#countsLater = countsLater;
    this.#evaluate = conditionEvaluator(asOf);
    this.#holdsLater = laterEvaluator(asOf);
  }

  grantsIn(policy: Policy, place: PolicyPlace, permission: string): PolicyGrants {
    const grants: Grant[] = [];
    const odd: Omit<OddGrant, "services">[] = [];
    const unknownRoles = new Set<string>();
    const seen = new Set<string>();
    for (const { role, members, condition } of policy.bindings) {
      const carries = this.carries(role, permission);
      if (carries === "no") continue;
      if (carries === "unknown") unknownRoles.add(role);
      const now = condition === undefined ? "true" : this.#evaluate(condition.expression);
      const value =
        now === "false" && this.#countsLater && this.#holdsLater(condition?.expression ?? "") ? "unknown" : now;
      for (const written of members) {
        // The same grant may stand in two bindings.
        const key = JSON.stringify([role, written, condition?.expression ?? null]);
        if (seen.size === seen.add(key).size) continue;
        const hop: Hop = {
          kind: "binding",
          level: place.level,
          resource: place.resource,
          role,
          member: written,
          condition: condition?.expression ?? null,
        };
        const member = parseMember(written);
        for (const oddity of odditiesOf(member, hop, value, permission)) odd.push({ oddity, hop, detail: null });
        if (value === "false" && this.#isDormant(member, hop, permission))
          odd.push({ oddity: "dormant", hop, detail: null });
        if (value === "false" || value === "broken" || !mayCall(member, permission)) continue;
        grants.push({
          member,
          hop,
          allow: carries === "unknown" ? "unknown" : value === "unknown" ? "conditional" : "allowed",
          managed: member.kind === "serviceAccount" && isManagedGrant(member.email, role, place),
        });
      }
    }
    return { grants, odd, unknownRoles };
  }

  /** Whether a grant that opens nothing at the moment may do so later. */
  #isDormant(member: Member, { condition }: Hop, permission: string): boolean {
    return (
      condition !== null && opensDirectly(permission) && mayCall(member, permission) && this.#holdsLater(condition)
    );
  }

  /** The members of a role itself, whatever it carries. */
  holdersOfRole(policy: Policy, role: string): readonly RoleHolder[] {
    return policy.bindings.flatMap((binding) => {
      if (binding.role !== role) return [];
      const value = binding.condition === undefined ? "true" : this.#evaluate(binding.condition.expression);
      if (value === "false" || value === "broken") return [];
      const condition = binding.condition?.expression ?? null;
      const allow = value === "unknown" ? "conditional" : "allowed";
      return binding.members.map((written): RoleHolder => ({
        member: parseMember(written),
        written,
        condition,
        allow,
      }));
    });
  }

  /** docs: /iam/docs/troubleshooting-withcond — such a role hides a condition: the policy was read below version 3. */
  carries(role: string, permission: string): "yes" | "no" | "unknown" {
    if (/_withcond_[0-9a-f]+$/.test(role)) return "unknown";
    const record = this.#index.roles.get(role);
    if (record === undefined) return "unknown";
    const { permissions: reading } = record;
    if (!("value" in reading)) return "unknown";
    if (reading.value.includes(permission)) return "yes";
    return reading.status === "read" ? "no" : "unknown";
  }
}

/**
 * Whether a member can present itself at all. Cloud Run takes tokens of users and service accounts only
 * (docs: /iam/docs/federated-identity-supported-services); people of a workforce pool get in through IAP. As an
 * account's impersonator, each of them counts.
 */
export function mayCall({ kind }: Member, permission: string): boolean {
  if (kind === "deleted") return false;
  if (!opensDirectly(permission)) return true;
  return kind !== "federated" && (kind !== "workforce" || permission === permissions.passIap);
}

function opensDirectly(permission: string): boolean {
  return (
    permission === permissions.invokeService || permission === permissions.runJob || permission === permissions.passIap
  );
}

function* odditiesOf(
  member: Member,
  { role, condition }: Hop,
  value: ConditionValue,
  permission: string,
): Iterable<Oddity> {
  if (!opensDirectly(permission)) return;
  if (condition !== null && namesResource(condition)) yield "resource-condition";
  if (value === "broken") yield "broken-condition";
  if (member.kind === "deleted") yield "deleted";
  else if (!mayCall(member, permission)) yield "federated";
  if (role !== null && isAgentRole(role) && isForeignToAgentRoles(member)) yield "agent-role";
}

/** Anybody who is surely no service agent. */
function isForeignToAgentRoles(member: Member): boolean {
  switch (member.kind) {
    case "serviceAccount":
      return isOrdinaryAccount(member.email);
    case "federated":
    case "workforce":
    case "deleted":
    case "other":
      return false;
    default:
      return true;
  }
}
