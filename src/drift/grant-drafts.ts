import type { Verdict } from "../access/access.ts";
import type { Severity } from "../finding/severity.ts";
import { count } from "../words/enumerate-words.ts";
import { classifyGrant, type GrantRuleId } from "./classify-grant.ts";
import type { Draft, Pending } from "./draft.ts";
import type { DriftContext } from "./drift-context.ts";
import type { Confidence } from "./drift-report.ts";
import { type GrantAt, grantIdentity, openGrants, type OpenGrant, pathsAt, servicesAt } from "./grant-findings.ts";
import { removeCommand } from "./remove-command.ts";

/** What a rule says of one grant. */
export interface GrantSaying {
  /** Where the rule alone does not say it. */
  readonly severity?: Severity;
  readonly message: string;
  /** What to write into the matrix, where that is an answer. */
  readonly declare?: string | undefined;
  /** What to do about it, where removing the grant is not it. */
  readonly instead?: string | undefined;
  readonly pending?: Pending;
}

/** A grant, as the rule that it belongs to sees it. */
export interface RuledGrant extends OpenGrant {
  /** Only the places that belong to the rule; never empty. */
  readonly places: readonly GrantAt[];
  readonly first: GrantAt;
}

/** Findings of one rule, one for each grant that belongs to it. */
export function* grantDrafts(
  context: DriftContext,
  rule: GrantRuleId,
  say: (grant: RuledGrant) => GrantSaying,
): Iterable<Draft> {
  for (const grant of openGrants(context)) {
    const places = grant.undeclared.filter((at) => classifyGrant(grant, at, context) === rule);
    const [first] = places;
    if (first === undefined) continue;
    const { severity, message, declare, instead, pending } = say({ ...grant, places, first });
    const removal = instead ?? removeCommand(grant.hop);
    yield {
      ...about(grant, places, context),
      ...(severity === undefined ? {} : { severity }),
      message,
      ...fixOf(declare, removal),
      ...(pending === undefined ? {} : { pending }),
    };
  }
}

/** What all findings about one grant have in common. */
export function about(grant: OpenGrant, places: readonly GrantAt[], context: DriftContext): Omit<Draft, "message"> {
  const { hop, principal } = grant;
  const [caller] = context.names.namesOf(principal);
  const confidence = confidenceOf(places);
  return {
    confidence,
    ...(confidence === "possible" ? { severity: "warning" as const } : {}),
    services: servicesAt(places),
    principal,
    ...(caller === undefined ? {} : { caller }),
    resource: hop.resource,
    ...(hop.role === null ? {} : { role: hop.role }),
    paths: pathsAt(places, hop),
    identity: [principal, ...grantIdentity(hop)],
    ...(places[0]?.live.declared === undefined ? {} : { at: places[0].live.declared.declared.place }),
  };
}

const confidences: Readonly<Record<Verdict, Confidence>> = {
  allowed: "certain",
  conditional: "conditional",
  unknown: "possible",
  denied: "possible",
};

function confidenceOf(places: readonly GrantAt[]): Confidence {
  const all = new Set(places.map(({ path, row }) => confidences[path.allow === "allowed" ? row.verdict : path.allow]));
  return all.has("certain") ? "certain" : all.has("conditional") ? "conditional" : "possible";
}

/** Who it is, in words: by name where the matrix has one. */
export function subject(principal: string, { names }: DriftContext): string {
  const [name, ...others] = names.namesOf(principal);
  if (principal === "allUsers") return "everybody";
  if (principal === "allAuthenticatedUsers") return "everybody with a Google account";
  if (name === undefined) return principal;
  return `${[name, ...others].join(" / ")} (${principal})`;
}

/** What somebody may do, as sure as it is. */
export function mayCall(places: readonly GrantAt[]): string {
  const what = places.some(({ row }) => row.ring === "direct") ? "call" : "pass Identity-Aware Proxy to";
  switch (confidenceOf(places)) {
    case "certain":
      return `may ${what}`;
    case "conditional":
      return `may conditionally ${what}`;
    case "possible":
      return `may possibly ${what}`;
  }
}

/** The services that a finding opens: by name, or counted. */
export function opened(places: readonly GrantAt[]): string {
  const services = servicesAt(places);
  return services.length === 1 ? shortName(services[0] ?? "") : count(services.length, "service");
}

/** A service as a sentence names it: its key, or, where the matrix does not name it, its name and where it runs. */
export function shortName(name: string): string {
  const parts = /^projects\/([^/]+)\/locations\/([^/]+)\/(?:services|jobs)\/([^/]+)$/.exec(name);
  return parts === null ? name : `${parts[3]} (in ${parts[2]} of ${parts[1]})`;
}

function fixOf(declare: string | undefined, remove: string | undefined): Pick<Draft, "fix"> {
  if (declare === undefined) return remove === undefined ? {} : { fix: remove };
  return { fix: remove === undefined ? declare : `${declare}; or remove it: ${remove}` };
}
