import { parseMember } from "../access/member.ts";
import { enumerateWords } from "../words/enumerate-words.ts";
import type { DeclaredRow } from "./declared-access.ts";
import { type GuardContext, grantKey, isOwn, resourceOf } from "./guard-context.ts";
import type { GuardDraft } from "./guard-draft.ts";
import type { GrantChange } from "./plan-grant.ts";
import { plain } from "./resolved.ts";

/** What a plan does to a row that the matrix declares, beside granting: two managers of it, or members taken out. */
export function* judgeRow(each: GrantChange, context: GuardContext): Iterable<GuardDraft> {
  const { target, change } = each;
  const resource = target === undefined ? undefined : resourceOf(target, context.declared);
  const row = resource === undefined ? undefined : context.declared.rows.get(resource);
  const isRow = target?.parent.level === "service" || target?.parent.level === "job";
  if (row === undefined || target === undefined || !isRow || isOwn(context, change)) return;
  const base = {
    change,
    environments: [row.world.environment.name],
    names: [row.service.key],
    role: row.service.invokerRole,
    resource: target.isSensitive ? null : row.resource,
    at: row.service.declared.place,
  };
  const what = clash(each, row);
  if (what !== undefined)
    yield {
      ...base,
      rule: "plan-clashes",
      already: change.action === "no-op" || change.action === "forget",
      message: `${what} of ${row.service.key} in ${row.world.environment.name}, which the stack ${row.service.project.stack} of the matrix manages`,
      fix: `${change.action === "create" ? `take ${change.address} out` : `let Terraform forget ${change.address} with a removed block (destroy = false)`}, and leave the row to the matrix`,
    };
  const gone = takenOut(each, row, context);
  if (gone.length > 0)
    yield {
      ...base,
      rule: "plan-removes-declared",
      message: `takes ${row.service.invokerRole} on ${row.service.key} in ${row.world.environment.name} from ${enumerateWords(gone, "and")}, whom the matrix declares`,
      fix: `let Terraform forget ${change.address} with a removed block (destroy = false) instead`,
    };
}

/** What a resource does to a row that another stack holds; undefined where the two do not meet. */
function clash(
  { authority, change, roles = [], after }: GrantChange,
  { managed, members }: DeclaredRow,
): string | undefined {
  if (managed === undefined || change.action === "delete" || change.action === "forget") return undefined;
  if (authority === "policy") return "replaces the whole policy, and with it the row,";
  if (!roles.includes(managed.role)) return undefined;
  if (authority === "binding") return "manages the row";
  // A member that is not declared is an undeclared way in, and said to be that.
  const isSame = after.some(
    ({ member }) => member.text !== undefined && members.has(parseMember(member.text).principal),
  );
  return isSame ? `grants, by a resource of its own, a member of the row` : undefined;
}

/** The declared members that a resource takes out of a row and nothing else in the plan leaves there. */
function takenOut(
  { authority, change, target, before, after, ownedRole }: GrantChange,
  { members, service }: DeclaredRow,
  { staying, declared }: GuardContext,
): readonly string[] {
  if (change.action === "forget" || change.action === "no-op" || change.before === undefined || target === undefined)
    return [];
  const held = before.filter(({ role }) => role.text === service.invokerRole);
  if (held.length === 0 && ownedRole !== service.invokerRole) return [];
  const isLeft = (principal: string): boolean => {
    const [role, member] = [service.invokerRole, principal].map((text) => plain(text, false));
    if (role === undefined || member === undefined) return false;
    const key = grantKey({ change, authority, target, role, member, condition: null }, declared);
    return key !== undefined && staying.has(key);
  };
  // Whoever deletes a binding or a policy deletes all that is in it, whoever put it there.
  const isAll = authority !== "member" && after.length === 0;
  const written = held.flatMap(({ member }) => (member.text === undefined ? [] : [parseMember(member.text).principal]));
  const gone = (isAll ? [...members] : written.filter((each) => members.has(each))).filter((each) => !isLeft(each));
  if (gone.length > 0 && held.some(({ member }) => member.isSensitive)) return ["callers"];
  return [...new Set(gone)].sort();
}
