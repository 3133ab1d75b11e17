import type { LiveService } from "../access/access.ts";
import { calleeKinds } from "../callees/registry.ts";
import { serviceUrl } from "../callees/service-url.ts";
import type { LiveView } from "../drift/view-live.ts";
import type { Service } from "../matrix/model/world.ts";
import type { Credential, Endpoint, LetIn } from "./wiring-report.ts";
import type { TokenWay } from "../callers/token-way.ts";
import { tokenCommand } from "./token-way-of.ts";

/** One edge, as what is to be found out about its endpoints. */
export interface Question {
  readonly callee: Service;
  readonly credential: Credential;
  readonly way: TokenWay;
  /** The account that is impersonated to call. */
  readonly email: string | undefined;
  /** As whom the caller calls: its account, and its previous ones until their date. */
  readonly principals: readonly { readonly principal: string; readonly previous: boolean }[];
  readonly live: LiveView | undefined;
}

/** Where a callee is called, and what to ask tokens for, by region. */
export function findEndpoints(question: Question): readonly Endpoint[] {
  return question.callee.regions.map((region) => endpointIn(region, question));
}

function endpointIn(region: string, question: Question): Endpoint {
  const { callee, credential, way, email, live } = question;
  const found = live?.find(callee, region);
  const at = addressOf(callee, region, typeof found === "object" ? found : undefined, credential);
  const isAsked = credential === "access-token" || (credential === "id-token" && at.audience !== null);
  const command = isAsked ? tokenCommand(way, { audience: at.audience ?? undefined, email }) : undefined;
  return {
    region,
    ...at,
    command: command ?? null,
    settings: [],
    live: found === undefined ? null : typeof found === "object" ? "present" : found,
    letsIn: typeof found === "object" && live !== undefined ? letsIn(found, question, live) : [],
  };
}

type Address = Pick<Endpoint, "url" | "audience" | "source" | "audiences" | "notes">;

function addressOf(callee: Service, region: string, found: LiveService | undefined, credential: Credential): Address {
  const nothing: Address = { url: null, audience: null, source: null, audiences: [], notes: [] };
  const { takesRequests, addressOf: deriveAddress } = calleeKinds[callee.kind];
  if (!takesRequests) {
    const derived = deriveAddress({ project: callee.project, region, name: callee.name })?.url;
    return { ...nothing, url: derived ?? null, source: "matrix" };
  }
  if (credential === "proxy" && callee.iap === "load-balancer")
    return { ...nothing, notes: ["it is called at the address of its load balancer, which is in no matrix"] };
  const record = found?.record;
  const { url, source, doubt } = serviceUrl(callee, region, record);
  const doubts = doubt === null ? [] : [doubt];
  if (url === undefined)
    return {
      ...nothing,
      notes: [...doubts, "its URL is not known: add the project's number to the matrix, or give a snapshot"].slice(
        0,
        1,
      ),
    };
  const isOff = record?.defaultUrlDisabled === true;
  return {
    url: isOff ? null : url,
    audience: credential === "id-token" ? url : null,
    source: source ?? null,
    audiences: record?.audiences ?? [],
    notes: [...doubts, ...(isOff ? ["its run.app URL is off: call it at its load balancer or its own domain"] : [])],
  };
}

function letsIn(found: LiveService, { callee, credential, principals }: Question, live: LiveView): readonly LetIn[] {
  const verdictOf = (principal: string): LetIn["verdict"] => {
    if (credential !== "proxy") return live.mayCall(principal, found, "direct");
    if (found.record.iapEnabled) return live.mayCall(principal, found, "iap");
    // A proxy on the load balancer has a policy that no snapshot holds. One on the service is not there yet.
    return callee.iap === "service" ? "no" : "unknown";
  };
  return principals.map(({ principal, previous }) => ({ principal, previous, verdict: verdictOf(principal) }));
}
