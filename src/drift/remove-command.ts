import type { Hop, LiveService } from "../access/access.ts";
import { shellCommand } from "../shell/quote-shell.ts";

/**
 * The gcloud command that removes one grant; undefined where there is none for it. It is printed, never run.
 * @param service the service that the grant stands on, where it stands on one
 */
export function removeCommand(
  { level, resource, role, member, condition }: Hop,
  service?: LiveService,
): string | undefined {
  if (role === null || member === null) return undefined;
  const grant = [`--member=${member}`, `--role=${role}`];
  // Without it gcloud asks which one, where a policy has conditions.
  const all = condition === null ? ["--condition=None"] : ["--all"];
  const id = resource.slice(resource.indexOf("/") + 1);
  switch (level) {
    case "service": {
      if (service === undefined) return undefined;
      const { kind, name, region } = service.record;
      const on = ["--region", region, "--project", service.project];
      return kind === "job"
        ? shellCommand(["gcloud", "run", "jobs", "remove-iam-policy-binding", name, ...on, ...grant])
        : shellCommand(["gcloud", "run", "services", "remove-iam-policy-binding", name, ...on, ...grant, ...all]);
    }
    case "project":
      return shellCommand(["gcloud", "projects", "remove-iam-policy-binding", id, ...grant, ...all]);
    case "folder":
      return shellCommand(["gcloud", "resource-manager", "folders", "remove-iam-policy-binding", id, ...grant, ...all]);
    case "organization":
      return shellCommand(["gcloud", "organizations", "remove-iam-policy-binding", id, ...grant, ...all]);
    case "account": {
      const email = resource.slice(resource.lastIndexOf("/") + 1);
      return shellCommand(["gcloud", "iam", "service-accounts", "remove-iam-policy-binding", email, ...grant, ...all]);
    }
    case "iap": {
      const at = /\/iap_web(?:\/cloud_run-([a-z0-9-]+)(?:\/services\/([^/]+))?)?$/.exec(resource);
      if (at === null || service === undefined) return undefined;
      const [, region, name] = at;
      const on = [
        ...(region === undefined ? [] : ["--resource-type=cloud-run", "--region", region]),
        ...(name === undefined ? [] : ["--service", name]),
        "--project",
        service.project,
      ];
      return shellCommand(["gcloud", "iap", "web", "remove-iam-policy-binding", ...on, ...grant, ...all]);
    }
  }
}
