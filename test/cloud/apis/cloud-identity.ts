import { type Answer, type Api, type Call, type Caught, closedAnswer, ok, refusal, routes } from "../answer.ts";
import { answerPage, googlePage, listBody } from "../page.ts";
import type { CloudWorld, WorldGroup } from "../world.ts";

/** cloudidentity.googleapis.com v1. */
export const cloudIdentity: Api = routes([
  ["GET", /^\/v1\/groups:lookup$/, lookUp],
  ["GET", /^\/v1\/groups\/(?<id>[^/]+)\/memberships:searchTransitiveMemberships$/, searchTransitive],
]);

/** A group that is not there answers as one that may not be seen. */
function lookUp(call: Call): Answer {
  const email = (call.query.get("groupKey.id") ?? "").toLowerCase();
  const group = call.world.groups.find((one) => one.email === email);
  const closed = closedAnswer(call.world, "group", email);
  if (closed !== undefined || group === undefined) {
    return closed ?? refusal(403, `Error(2028): Permission denied for resource ${email} (or it may not exist).`);
  }
  return ok({ name: groupName(email) });
}

function searchTransitive(call: Call, { id = "" }: Caught): Answer {
  const group = call.world.groups.find(({ email }) => groupName(email) === `groups/${id}`);
  if (group === undefined) {
    return refusal(403, `Error(2017): Permission denied for resource groups/${id} (or it may not exist).`);
  }
  const direct = new Set(group.members);
  return (
    closedAnswer(call.world, "members", group.email) ??
    answerPage(call, everyMember(call.world, group), { ...googlePage, standard: 200 }, (page) =>
      listBody("memberships", {
        ...page,
        items: page.items.map((member) => membership(member, direct.has(member) ? "DIRECT" : "INDIRECT")),
      }),
    )
  );
}

/** Members at any depth, groups among them, each once; circles end. */
function everyMember(world: CloudWorld, group: WorldGroup, seen: Set<string> = new Set()): readonly string[] {
  for (const member of group.members) {
    if (!seen.has(member)) {
      seen.add(member);
      const nested = world.groups.find(({ email }) => member === `group:${email}`);
      if (nested !== undefined) {
        everyMember(world, nested, seen);
      }
    }
  }
  return [...seen].filter((member) => member !== `group:${group.email}`);
}

/** docs: cloudidentity v1 MemberRelation. Accounts have no type of their own here: only their address tells. */
function membership(member: string, relationType: string): unknown {
  const email = member.slice(member.indexOf(":") + 1);
  const name = member.startsWith("group:") ? groupName(email) : groupName(email).replace("groups/", "users/");
  return { member: name, preferredMemberKey: [{ id: email }], roles: [{ role: "MEMBER" }], relationType };
}

function groupName(email: string): string {
  return `groups/0${Buffer.from(email).toString("hex")}`;
}
