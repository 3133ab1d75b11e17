import type { Hop, HopKind, Path } from "../../access/access.ts";

/** What a step is, in words. They hold text of policies: escape them where they are shown. */
const words = {
  binding: (hop) => `${who(hop)} has ${grant(hop)}`,
  group: (hop) => `${hop.resource} holds ${who(hop)}`,
  set: (hop) => `${hop.resource} holds ${who(hop)}`,
  convenience: (hop) => `${who(hop)} belongs to it by ${grant(hop)}`,
  "invoker-check": (hop) => `the invoker check of ${hop.resource} is off`,
  impersonate: (hop) => `${who(hop)} can get tokens of an account by ${grant(hop)}`,
  key: (hop) => `${who(hop)} can make a key of an account by ${grant(hop)}`,
  "run-as": (hop) => `${who(hop)} can run something as an account by ${grant(hop)}`,
  "policy-write": (hop) => `${who(hop)} can change a policy by ${grant(hop)}`,
  "role-write": (hop) => `${who(hop)} can change a role by ${grant(hop)}`,
} as const satisfies Readonly<Record<HopKind, (hop: Hop) => string>>;

/** A path as a sentence: `group:dev@a.example has roles/run.developer on projects/p, then group:dev@a.example holds …`. */
export function describePath({ hops, allow }: Pick<Path, "hops"> & { readonly allow?: Path["allow"] }): string {
  const certainty = allow === undefined || allow === "allowed" ? "" : ` (${allow})`;
  return `${hops.map((hop) => words[hop.kind](hop)).join(", then ")}${certainty}`;
}

function who({ member }: Hop): string {
  return member ?? "somebody";
}

function grant({ role, resource, condition }: Hop): string {
  const when = condition === null ? "" : ` if ${condition}`;
  return `${role ?? "a role"} on ${resource}${when}`;
}
