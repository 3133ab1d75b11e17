import type { AccountRecord, Container, GroupRecord, ProjectRecord, RoleRecord } from "../../src/snapshot/snapshot.ts";
import { deniedGroup, type Draw, reading } from "./draw.ts";

/** What the drawn parts of a snapshot name, and so must have records: found without any knowledge of how a reader looks. */
export function findNamed(
  draw: Draw,
  parts: {
    readonly containers: readonly Container[];
    readonly projects: readonly ProjectRecord[];
    readonly listed: readonly AccountRecord[];
  },
): {
  readonly groups: readonly GroupRecord[];
  readonly roles: readonly RoleRecord[];
  readonly emails: readonly string[];
} {
  const text = JSON.stringify(parts);
  const groups = [...matches(text, /group[:/]([\w.]+@acme\.test)/g)].map((email) => ({
    email,
    members: reading(
      draw,
      draw.some(["group:nested@acme.test", "serviceAccount:a@beta.iam.gserviceaccount.com", "user:cid@acme.test"]),
    ),
  }));
  const roles = [...matches(text, /"role":"([^"]+)"/g)].map((name): RoleRecord => {
    const permissions = draw.some(["run.jobs.run", "run.routes.invoke"]);
    // For a predefined role that is not answered the reader has its table; here nothing is to stand in.
    return {
      name,
      source: "live",
      permissions: name.startsWith("roles/") ? { status: "read", value: permissions } : reading(draw, permissions),
    };
  });
  // Whom a deny policy means is decided by the address: whether such an account exists does not matter.
  const inGroups = JSON.stringify(groups.filter(({ email }) => email !== deniedGroup));
  const emails = matches(text + inGroups, /(?:serviceAccount:|"account":")([\w.-]+@[\w.-]+)/g);
  return { groups, roles, emails: emails.filter((email) => !email.includes("@gcp-sa-")) };
}

function matches(text: string, pattern: RegExp): readonly string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ""))].sort();
}
