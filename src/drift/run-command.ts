import type { LiveService } from "../access/access.ts";
import { runCollection } from "../access/run-resource.ts";
import { shellCommand } from "../shell/quote-shell.ts";

/** The gcloud command that changes one setting of a live service or job. It is printed, never run. */
export function updateCommand({ record, project }: LiveService, ...flags: readonly string[]): string {
  const kind = runCollection(record);
  const place = ["--region", record.region, "--project", project];
  return shellCommand(["gcloud", "run", kind, "update", record.name, ...flags, ...place]);
}

/** The gcloud command that grants a role on a live service or job. */
export function grantCommand({ record, project }: LiveService, role: string, member: string): string {
  const kind = runCollection(record);
  const place = ["--region", record.region, "--project", project];
  const grant = [`--member=${member}`, `--role=${role}`];
  return shellCommand(["gcloud", "run", kind, "add-iam-policy-binding", record.name, ...place, ...grant]);
}
