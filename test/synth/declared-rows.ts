import type { Row } from "./row.ts";
import {
  clausesOf,
  isIn,
  membersOf,
  type RawDocument,
  type RawEnvironment,
  type RawFields,
  type RawProject,
} from "./document.ts";

/**
 * The rows that Terraform must hold according to a document, worked out from the words of the language, edge by edge
 * and as slowly as it likes. Shares no code with src/matrix: it is what that code is measured by.
 */
export function declaredRows(document: RawDocument, now: Date): readonly Row[] {
  return Object.keys(document.environments).flatMap((environment) =>
    Object.keys(document.services)
      .filter((service) => isIn(document, service, environment))
      .flatMap((service) => rowsOf(document, service, environment, now)),
  );
}

function rowsOf(document: RawDocument, service: string, environment: string, now: Date): readonly Row[] {
  const fields = serviceFields(document, service, environment);
  const retired = fields["retired"] as string | undefined;
  if (fields["mode"] === "observe" || isPast(retired, now)) return [];
  if ((fields["planned"] as readonly string[] | undefined)?.includes(environment)) return [];
  const place = document.environments[environment] as RawEnvironment;
  const open = fields["public"] as RawFields | undefined;
  const row = {
    environment,
    project: projectOf(place, fields["project"]).id,
    kind: fields["kind"] === "job" ? ("job" as const) : ("service" as const),
    name: String(fields["name"] ?? firstName(fields, service)),
    role: String(fields["invokerRole"] ?? "roles/run.invoker"),
    mode: fields["mode"] === "add" ? ("add" as const) : ("enforce" as const),
    // From the day it has a date to retire on, its row is empty and its check on.
    ...(retired === undefined
      ? {
          principals: [...standing(fields, place), ...callersOf(document, service, environment, now)],
          isUnchecked: open?.["via"] === "no-invoker-check" && typeof fields["image"] === "string",
        }
      : { principals: [], isUnchecked: false }),
  };
  return ((fields["regions"] ?? place.regions) as readonly string[]).map((region) => ({ ...row, region }));
}

/** Everybody, where the service is open that way; the agent of Identity-Aware Proxy, where it stands in front. */
function standing(fields: RawFields, place: RawEnvironment): readonly string[] {
  const open = fields["public"] as RawFields | undefined;
  const everybody = open !== undefined && open["via"] !== "no-invoker-check" ? ["allUsers"] : [];
  if (fields["iap"] === undefined) return everybody;
  const { number } = projectOf(place, fields["project"]);
  return [...everybody, `serviceAccount:service-${number}@gcp-sa-iap.iam.gserviceaccount.com`];
}

function callersOf(document: RawDocument, service: string, environment: string, now: Date): readonly string[] {
  return Object.entries(document.trust ?? {}).flatMap(([key, edge]) => {
    const [from = "", to = ""] = key.split(" -> ");
    if (!membersOf(document, to).includes(service)) return [];
    const holds = clausesOf(edge).some(
      ({ environments, expires, through }) =>
        through === undefined && environments?.includes(environment) !== false && !isPast(expires, now),
    );
    if (!holds) return [];
    return membersOf(document, from)
      .filter((caller) => caller !== service && isIn(document, caller, environment))
      .flatMap((caller) => principalsOf(document, caller, environment, now));
  });
}

function principalsOf(document: RawDocument, name: string, environment: string, now: Date): readonly string[] {
  const place = document.environments[environment] as RawEnvironment;
  if (document.services[name] !== undefined) {
    const fields = serviceFields(document, name, environment);
    if (fields["retired"] !== undefined) return [];
    const previous = (fields["previousAccounts"] ?? []) as readonly { email: string; until: string }[];
    const own = accountOf(document, fields, firstName(fields, name), projectOf(place, fields["project"]));
    return [own, ...previous.filter(({ until }) => !isPast(until, now)).map(({ email }) => email)].map(asAccount);
  }
  const fields = merged(document.callers?.[name] ?? {}, environment);
  for (const kind of ["user", "group"]) if (fields[kind] !== undefined) return [`${kind}:${lower(fields[kind])}`];
  if (fields["serviceAccount"] !== undefined) return [asAccount(String(fields["serviceAccount"]))];
  const kind = Object.keys(fields).find((key) => callerKinds.has(key)) ?? "";
  // Where a repository lives at GitLab is called its project, too.
  const alias = kind === "gitlab" ? undefined : (fields[kind] as RawFields)["project"];
  return [asAccount(accountOf(document, fields, name, projectOf(place, alias)))];
}

const callerKinds = new Set(
  "gke aws github gitlab oidc spiffe scheduler tasks pubsub eventarc workflows build api-gateway compute functions appengine".split(
    " ",
  ),
);

function accountOf({ defaults }: RawDocument, fields: RawFields, name: string, { id: project }: RawProject): string {
  const account = (fields["account"] ?? {}) as RawFields;
  if (account["email"] !== undefined) return String(account["email"]);
  const template = ((defaults?.["account"] ?? {}) as RawFields)["id"] ?? "{service}-sa";
  const id = account["id"] ?? String(template).replace("{service}", name);
  return `${String(id)}@${project}.iam.gserviceaccount.com`;
}

function serviceFields(document: RawDocument, name: string, environment: string): RawFields {
  const { account: _template, ...defaults } = document.defaults ?? {};
  const { overrides = {}, ...fields } = document.services[name] ?? {};
  return merged({ ...over(defaults, fields), overrides }, environment);
}

function merged({ overrides, ...fields }: RawFields, environment: string): RawFields {
  return over(fields, ((overrides ?? {}) as Readonly<Record<string, RawFields>>)[environment] ?? {});
}

/** Maps merge deep, lists replace, null unsets. */
function over(below: RawFields, above: RawFields): RawFields {
  const entries = [...new Set([...Object.keys(below), ...Object.keys(above)])].flatMap((key) => {
    const value = above[key];
    if (value === null) return [];
    if (value === undefined) return [[key, below[key] ?? null] as const];
    return isMap(value) ? [[key, over(isMap(below[key]) ? below[key] : {}, value)] as const] : [[key, value] as const];
  });
  return Object.fromEntries(entries);
}

function isMap(value: unknown): value is RawFields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function projectOf({ project, number, projects = {} }: RawEnvironment, alias: unknown): RawProject {
  if (project !== undefined) return { id: project, ...(number === undefined ? {} : { number }) };
  const found = typeof alias === "string" ? projects[alias] : Object.values(projects)[0];
  if (found === undefined) throw new Error(`no project ${String(alias)}`);
  return found;
}

/** Whether something dated no longer holds: a date holds through its day, a timestamp to the second. */
function isPast(date: string | undefined, now: Date): boolean {
  if (date === undefined) return false;
  return date.includes("T") ? now >= new Date(date) : now.toISOString().slice(0, 10) > date;
}

function firstName(fields: RawFields, key: string): string {
  return ((fields["formerNames"] ?? []) as readonly string[])[0] ?? key;
}

function asAccount(email: string): string {
  return `serviceAccount:${email.toLowerCase()}`;
}

function lower(value: unknown): string {
  return String(value).toLowerCase();
}
