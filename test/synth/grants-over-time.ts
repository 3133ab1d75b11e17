import type { World } from "../terraform/stub-provider/world.ts";

/** Who holds any role, by resource. */
type Holders = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Goes through the log of an apply, write by write, and says where a member that a resource had before and is to keep
 * was without any role on it: a request at that moment would have been refused.
 * @param policies of the world before the apply
 * @param kept the members that must never be cut off, by resource
 */
export function cutOffs(policies: World["policies"], log: readonly string[], kept: Holders): readonly string[] {
  const now = new Map(Object.entries(policies).map(([resource, roles]) => [resource, new Map(Object.entries(roles))]));
  const found: string[] = [];
  for (const [step, write] of log.entries()) {
    apply(now, write);
    for (const [resource, members] of kept) {
      const holders = new Set([...(now.get(resource)?.values() ?? [])].flat());
      const before = new Set(Object.values(policies[resource] ?? {}).flat());
      for (const member of members) {
        if (before.has(member) && !holders.has(member))
          found.push(`${member} on ${resource} after write ${step + 1}: ${write}`);
      }
    }
  }
  return found;
}

function apply(policies: Map<string, Map<string, readonly string[]>>, write: string): void {
  const [method = "", resource = "", written = ""] = write.split(" ");
  if (method === "setIamPolicy") {
    const members = /\[(.*)\]$/.exec(write)?.[1] ?? "";
    const roles = policies.get(resource) ?? new Map<string, readonly string[]>();
    policies.set(resource, roles.set(written, members === "" ? [] : members.split(", ")));
  }
  if (method === "deleteService") policies.delete(resource);
  if (method === "deleteServiceAccount") {
    const gone = `serviceAccount:${resource.split("/").at(-1) ?? ""}`;
    for (const roles of policies.values())
      for (const [role, members] of roles) {
        roles.set(
          role,
          members.filter((member) => member !== gone),
        );
      }
  }
}
