import { accountProject } from "../access/account-project.ts";
import { runResource } from "../access/run-resource.ts";
import type { IamParent } from "./iam-resources.ts";
import type { Target } from "./plan-grant.ts";
import type { Resolved } from "./resolved.ts";
import { nobodyKnows } from "./resolved.ts";

/** An argument of a resource, before or after. */
export type Argument = (name: string) => Resolved;

const collections = { service: "services", job: "jobs", function: "functions", iap: "services" } as const;

/**
 * Whose policy a resource of a plan writes. The provider takes a whole name, a short one, and everything between.
 * @param argument the values of its arguments; what the configuration leaves out is the provider's
 */
export function readTarget(parent: IamParent, argument: Argument): Target {
  const parts = targetParts(parent, argument);
  const texts = parts.all.map(({ text }) => text);
  const isKnown = texts.every((text) => text !== undefined);
  return {
    parent,
    resource: isKnown ? parts.write(texts.map((text) => text ?? "")) : undefined,
    project: parts.project,
    isSensitive: parts.all.some(({ isSensitive }) => isSensitive),
    isAssumed: parts.all.some(({ isAssumed }) => isAssumed),
  };
}

interface Parts {
  readonly all: readonly Resolved[];
  readonly project: Resolved;
  readonly write: (texts: readonly string[]) => string | undefined;
}

function targetParts({ level, argument: naming }: IamParent, argument: Argument): Parts {
  const named = naming === undefined ? nobodyKnows : argument(naming);
  switch (level) {
    case "project":
      return {
        all: [named],
        project: asProject(named),
        write: ([id = ""]) => `projects/${projectIn(id)}`,
      };
    case "folder":
      return { all: [named], project: nobodyKnows, write: ([id = ""]) => `folders/${id.replace(/^folders\//, "")}` };
    case "organization":
      return {
        all: [named],
        project: nobodyKnows,
        write: ([id = ""]) => `organizations/${id.replace(/^organizations\//, "")}`,
      };
    case "account":
      return { all: [named], project: homeOf(named), write: ([id = ""]) => accountResource(id) };
    case "pool":
      return poolParts(named, argument);
    default:
      return regionalParts(level, naming, named, argument);
  }
}

/** projects/P/locations/global/workloadIdentityPools/ID, P/ID, ID. */
function poolParts(named: Resolved, argument: Argument): Parts {
  const [id = "", ...before] = (named.text ?? "").split("/").toReversed();
  const home = /(?:^|\/)projects\/([^/]+)\//.exec(named.text ?? "")?.[1] ?? before[0];
  const project = asProject(home === undefined ? argument("project") : { ...named, text: home });
  return {
    all: [project, { ...named, text: named.text === undefined ? undefined : id }],
    project,
    write: ([at = "", pool = ""]) => `projects/${at}/locations/global/workloadIdentityPools/${pool}`,
  };
}

function regionalParts(
  level: keyof typeof collections,
  naming: string | undefined,
  named: Resolved,
  argument: Argument,
): Parts {
  // v1/projects/P/locations/R/services/S, P/R/S, R/S, S: from the end.
  const [, long] = /(?:^|\/)(projects\/[^/]+\/(?:locations|iap_web)\/.+)$/.exec(named.text ?? "") ?? [];
  const [, longProject, longRegion] =
    /^projects\/([^/]+)\/(?:locations\/|iap_web\/cloud_run-)([^/]+)\/services?\/|^/.exec(long ?? "") ?? [];
  const [, shortRegion, shortProject] = long === undefined ? (named.text ?? "").split("/").toReversed() : [];
  const written = (text: string | undefined, otherwise: string): Resolved =>
    text === undefined || text === "" ? argument(otherwise) : { ...named, text };
  const project = asProject(written(longProject ?? shortProject, "project"));
  if (naming === undefined) return { all: [project], project, write: ([id = ""]) => `projects/${id}/iap_web` };
  const region = written(longRegion ?? shortRegion, argument("location").text === undefined ? "region" : "location");
  return {
    all: [project, region, named],
    project,
    write: ([id = "", at = "", name = ""]) => runResource(id, at, collections[level], name.split("/").at(-1) ?? ""),
  };
}

function asProject(project: Resolved): Resolved {
  return project.text === undefined ? project : { ...project, text: projectIn(project.text) };
}

/** Of `projects/P`, or that as the full name of Cloud Resource Manager. Ids of projects are in small letters. */
function projectIn(written: string): string {
  return written.replace(/^(\/\/cloudresourcemanager\.googleapis\.com\/)?projects\//, "").toLowerCase();
}

/** `projects/P/serviceAccounts/E`, or the address alone; undefined for one that is named by its number. */
export function accountEmail(written: string): string | undefined {
  const last = (written.split("/").at(-1) ?? "").replace(/^serviceAccount:/, "").toLowerCase();
  return last.includes("@") ? last : undefined;
}

function accountResource(written: string): string | undefined {
  const email = accountEmail(written);
  if (email === undefined) return undefined;
  const home = accountProject(email) ?? /^projects\/([^/]+)\//.exec(written)?.[1];
  return `projects/${home ?? "-"}/serviceAccounts/${email}`;
}

/** The project that the name of an account tells. */
function homeOf(named: Resolved): Resolved {
  const text = /^projects\/([^/]+)\//.exec(named.text ?? "")?.[1];
  return text === undefined || text === "-" ? nobodyKnows : { ...named, text };
}
