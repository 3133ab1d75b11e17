import type { Hop } from "../access/access.ts";
import { shellCommand } from "../shell/quote-shell.ts";

/**
 * The gcloud command that removes one grant; undefined where there is none for it. It is printed, never run.
 * A condition is not repeated: `--all` removes the member from the role whatever the condition.
 */
export function removeCommand({ level, resource, role, member, condition }: Hop): string | undefined {
  if (role === null || member === null) return undefined;
  const target = targetOf(level, resource);
  // gcloud would take such a name for an option.
  if (target === undefined || target.words.some((word, at) => word.startsWith("-") && at === 0)) return undefined;
  const grant = [`--member=${member}`, `--role=${role}`];
  // Without one of these gcloud asks which condition is meant, where the policy has any. Jobs take none.
  const conditions = target.takesConditions ? [condition === null ? "--condition=None" : "--all"] : [];
  return shellCommand([
    "gcloud",
    ...target.command,
    "remove-iam-policy-binding",
    ...target.words,
    ...grant,
    ...conditions,
  ]);
}

interface Target {
  readonly command: readonly string[];
  readonly words: readonly string[];
  readonly takesConditions: boolean;
}

function targetOf(level: Hop["level"], resource: string): Target | undefined {
  const last = resource.slice(resource.lastIndexOf("/") + 1);
  switch (level) {
    case "service":
      return onCloudRun(resource);
    case "project":
      return { command: ["projects"], words: [last], takesConditions: true };
    case "folder":
      return { command: ["resource-manager", "folders"], words: [last], takesConditions: true };
    case "organization":
      return { command: ["organizations"], words: [last], takesConditions: true };
    case "account":
      return { command: ["iam", "service-accounts"], words: [last], takesConditions: true };
    case "iap":
      return onIap(resource);
  }
}

function onCloudRun(resource: string): Target | undefined {
  const parts = /^projects\/([^/]+)\/locations\/([^/]+)\/(services|jobs)\/([^/]+)$/.exec(resource);
  if (parts === null) return undefined;
  const [, project = "", region = "", kind = "", name = ""] = parts;
  return {
    command: ["run", kind],
    words: [name, "--region", region, "--project", project],
    takesConditions: kind === "services",
  };
}

function onIap(resource: string): Target | undefined {
  const parts = /^projects\/([^/]+)\/iap_web(?:\/cloud_run-([^/]+)(?:\/services\/([^/]+))?)?$/.exec(resource);
  if (parts === null) return undefined;
  const [, project = "", region, name] = parts;
  const words = [
    ...(region === undefined ? [] : ["--resource-type=cloud-run", "--region", region]),
    ...(name === undefined ? [] : ["--service", name]),
    "--project",
    project,
  ];
  return { command: ["iap", "web"], words, takesConditions: true };
}
