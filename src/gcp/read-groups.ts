import type { Reading } from "../snapshot/snapshot.ts";
import { compareText } from "../words/compare-text.ts";
import { type ApiClient, pathOf } from "./api-client.ts";
import type { JsonObject } from "../words/json.ts";
import { lastPart, listAt, MalformedAnswer, objectAt, segmentAt, textAt } from "./json.ts";
import { googleList, readList } from "./pages.ts";
import { hasValue, parsed, toReading } from "./reading.ts";

/**
 * All members of a group, also through groups in it, as policies write them. A member without an address is named as
 * missing. docs: cloudidentity v1 `groups.lookup`, `groups.memberships.searchTransitiveMemberships`
 */
export async function readGroup(client: ApiClient, email: string): Promise<Reading<readonly string[]>> {
  const found = await client.call({ api: "cloudidentity", path: "v1/groups:lookup", query: { "groupKey.id": email } });
  const name = toReading(found, (body) => segmentAt(lastPart(textAt(body.name, "name")), "name"));
  if (name.status !== "read") return name;
  const path = `${pathOf`v1/groups/${name.value}`}/memberships:searchTransitiveMemberships`;
  const { items } = await readList(
    client,
    { api: "cloudidentity", path, query: { pageSize: "1000" } },
    googleList("memberships"),
  );
  if (!hasValue(items)) return items;
  const members = new Set<string>();
  const doubts = items.status === "partial" ? [items.reason] : [];
  for (const [index, item] of items.value.entries()) {
    const member = parsed(() => parseMember(objectAt(item, `memberships[${index}]`), `memberships[${index}]`));
    if (member.status === "read") members.add(member.value);
    else doubts.push(member.reason);
  }
  const value = [...members].sort(compareText);
  return doubts.length === 0 ? { status: "read", value } : { status: "partial", value, reason: doubts.join("; ") };
}

function parseMember(membership: JsonObject, place: string): string {
  const [key] = listAt(membership.preferredMemberKey, `${place}.preferredMemberKey`);
  if (key === undefined) throw new MalformedAnswer(`${place} has no address`);
  const email = textAt(
    objectAt(key, `${place}.preferredMemberKey[0]`).id,
    `${place}.preferredMemberKey[0].id`,
  ).toLowerCase();
  // All users of a customer are one member, whose key is the customer's id.
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new MalformedAnswer(`${place} is not an address: ${email}`);
  if (textAt(membership.member, `${place}.member`).startsWith("groups/")) return `group:${email}`;
  return email.endsWith("gserviceaccount.com") ? `serviceAccount:${email}` : `user:${email}`;
}
