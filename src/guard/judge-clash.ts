import { parseMember } from "../access/member.ts";
import { IAP_ROLE } from "../drift/drift-context.ts";
import { IMPERSONATOR_ROLE } from "../federation/federation.ts";
import { enumerateWords } from "../words/enumerate-words.ts";
import type { DeclaredRow } from "./declared-access.ts";
import { type GuardContext, grantKey, isOwn, resourceOf } from "./guard-context.ts";
import type { GuardDraft } from "./guard-draft.ts";
import type { GrantChange, Target } from "./plan-grant.ts";
import { hasTrue, plain, type Resolved } from "./resolved.ts";

/** What a plan does to a row that the matrix declares, beside granting: two managers of it, or members taken out. */
export function* judgeRow(each: GrantChange, context: GuardContext): Iterable<GuardDraft> {
  const { change } = each;
  if (isOwn(context, change)) return;
  yield* clashes(each, context);
  for (const { row: lost, role, gone } of takenOut(each, context))
    yield {
      ...about(each, lost),
      rule: "plan-removes-declared",
      role,
      message: `takes ${role} on ${lost.service.key} in ${lost.world.environment.name} from ${enumerateWords(gone, "and")}, whom the matrix declares`,
      fix:
        change.before === undefined
          ? `take ${change.address} out; or grant each member with a resource of its own, which leaves the others there`
          : `let Terraform forget ${change.address} with a removed block (destroy = false) instead`,
    };
}

/** What a stack of the matrix manages of a policy. */
interface Kept {
  readonly role: string;
  readonly declares: (principal: string) => boolean;
  /** As a sentence calls it. */
  readonly what: string;
  readonly stack: string;
  readonly about: Omit<GuardDraft, "already" | "fix" | "message" | "rule">;
}

function* clashes(each: GrantChange, context: GuardContext): Iterable<GuardDraft> {
  const { change } = each;
  for (const kept of keptAt(each, context)) {
    const how = clash(each, kept);
    if (how === undefined) continue;
    yield {
      ...kept.about,
      rule: "plan-clashes",
      already: change.action === "no-op",
      message: `${how} ${kept.what}, which the stack ${kept.stack} of the matrix manages`,
      fix: `${change.action === "create" ? `take ${change.address} out` : `let Terraform forget ${change.address} with a removed block (destroy = false)`}, and leave the row to the matrix`,
    };
  }
}

function* keptAt(each: GrantChange, context: GuardContext): Iterable<Kept> {
  const { target } = each;
  const row = rowAt(target, context);
  if (row !== undefined) {
    const isIap = target?.parent.level === "iap";
    const base = { what: `of ${row.service.key} in ${row.world.environment.name}`, stack: row.service.project.stack };
    if (isIap && row.isIapManaged)
      yield {
        ...base,
        what: `of who passes Identity-Aware Proxy to ${row.service.key} in ${row.world.environment.name}`,
        role: IAP_ROLE,
        declares: (principal) => row.throughIap.has(principal),
        about: { ...about(each, row), role: IAP_ROLE },
      };
    if (!isIap && row.managed !== undefined)
      yield {
        ...base,
        role: row.managed.role,
        declares: (principal) => row.members.has(principal),
        about: about(each, row),
      };
  }
  const kept = accountAt(each, context);
  if (kept !== undefined) yield kept;
}

/** Who outside may act as an account. */
function accountAt({ change, target, was }: GrantChange, { declared }: GuardContext): Kept | undefined {
  const resource = target?.parent.level === "account" ? target.resource : undefined;
  const account = declared.accounts.get(resource?.split("/").at(-1) ?? "");
  if (account?.impersonatedBy === undefined) return undefined;
  const { email, names, environments, place, impersonatedBy } = account;
  const isHidden = target?.isSensitive === true || was?.isSensitive === true;
  return {
    role: IMPERSONATOR_ROLE,
    declares: (principal) => declared.outsiders.declares(email, IMPERSONATOR_ROLE, principal),
    what: `of who outside acts as ${isHidden ? "an account of the matrix" : enumerateWords(names, "and")}`,
    stack: impersonatedBy,
    about: {
      change,
      environments,
      names: isHidden ? [] : names,
      role: IMPERSONATOR_ROLE,
      resource: isHidden ? null : (resource ?? null),
      at: isHidden ? undefined : place,
    },
  };
}

function rowAt(target: Target | undefined, { declared }: GuardContext): DeclaredRow | undefined {
  const level = target?.parent.level;
  const resource = target === undefined ? undefined : resourceOf(target, declared);
  const isRow = level === "service" || level === "job" || level === "iap";
  return isRow && resource !== undefined ? declared.rows.get(resource) : undefined;
}

function about({ change, target, was }: GrantChange, { world, service, resource }: DeclaredRow) {
  return {
    change,
    environments: [world.environment.name],
    names: [service.key],
    role: service.invokerRole,
    resource: target?.isSensitive === true || was?.isSensitive === true ? null : resource,
    at: service.declared.place,
  };
}

/** What a resource does to a row that another stack holds; undefined where the two do not meet. */
function clash(
  { authority, change, roles = [], after }: GrantChange,
  { role: kept, declares }: Kept,
): string | undefined {
  if (change.action === "delete" || change.action === "forget") return undefined;
  if (authority === "policy") return "replaces the whole policy, and with it the row,";
  if (!roles.includes(kept)) return undefined;
  if (authority === "binding") return "manages the row";
  // A member that is not declared is an undeclared way in, and said to be that.
  const isSame = after.some(({ member }) => member.text !== undefined && declares(parseMember(member.text).principal));
  return isSame ? `grants, by a resource of its own, a member of the row` : undefined;
}

interface Loss {
  readonly row: DeclaredRow;
  readonly role: string;
  readonly gone: readonly string[];
}

/** The declared members that a resource takes out of rows and nothing else in the plan leaves there. */
function takenOut(each: GrantChange, context: GuardContext): readonly Loss[] {
  const { change, target, was } = each;
  if (change.action === "forget" || change.action === "no-op") return [];
  const [before, after] = [rowAt(was, context), change.after === undefined ? undefined : rowAt(target, context)];
  const rows = new Map([before, after].flatMap((row) => (row === undefined ? [] : [[row.resource, row]])));
  return [...rows.values()].flatMap((row) => {
    const of = target ?? was;
    const isIap = of?.parent.level === "iap";
    const wanted = isIap
      ? { role: IAP_ROLE, members: row.throughIap }
      : { role: row.service.invokerRole, members: row.members };
    const gone = lostOf(each, wanted, { wasThere: before === row, isThere: after === row }).filter(
      (principal) => of === undefined || !isLeft(each, of, { role: wanted.role, principal, row }, context),
    );
    if (gone.length === 0) return [];
    const isSensitive = each.before.some(({ member }) => member.isSensitive) || hasTrue(change.afterSensitive);
    return [{ row, role: wanted.role, gone: isSensitive ? ["callers"] : [...new Set(gone)].sort() }];
  });
}

interface Wanted {
  readonly role: string;
  readonly members: ReadonlySet<string>;
}

function lostOf(
  { authority, before, after, roles, ownedRole, ownedCondition }: GrantChange,
  { role, members }: Wanted,
  { wasThere, isThere }: { readonly wasThere: boolean; readonly isThere: boolean },
): readonly string[] {
  const held = before.filter((grant) => grant.role.text === role && grant.condition === null);
  const owned = wasThere && (authority === "policy" || (authority === "binding" && ownedRole === role));
  const owns =
    isThere &&
    (authority === "policy" ||
      (authority === "binding" && ownedCondition === null && (roles ?? [role]).includes(role)));
  if (!owns) {
    // Whoever deletes a binding or a policy deletes all that is in it, whoever put it there.
    if (owned) return [...members];
    return wasThere ? held.flatMap(({ member }) => principalOf(member)).filter((each) => members.has(each)) : [];
  }
  const kept = after.filter((grant) => grant.condition === null && (grant.role.text ?? role) === role);
  const known = new Set(kept.flatMap(({ member }) => principalOf(member)));
  // What it held before is what is there; of a row that it did not hold, all that is declared may be there.
  const there = owned ? held.flatMap(({ member }) => principalOf(member)) : [...members];
  const gone = there.filter((each) => members.has(each) && !known.has(each));
  // Members that nobody knows yet are told as such, and may be these.
  return kept.some(({ member }) => member.text === undefined) ? [] : gone;
}

function principalOf({ text }: Resolved): readonly string[] {
  return text === undefined ? [] : [parseMember(text).principal];
}

/** Whether another resource of the plan leaves a member where it is. */
function isLeft(
  { change, authority }: GrantChange,
  target: Target,
  { role: written, principal, row }: { readonly role: string; readonly principal: string; readonly row: DeclaredRow },
  { staying, declared }: GuardContext,
): boolean {
  const [role, member] = [plain(written, false), plain(principal, false)];
  const at = { ...target, resource: row.resource };
  const key = grantKey({ change, authority, target: at, role, member, condition: null }, declared);
  return key !== undefined && staying.has(key);
}
