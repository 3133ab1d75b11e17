import { createHash } from "node:crypto";
import { numberedName } from "./find.ts";
import { missingPermission } from "./missing-permission.ts";
import type { CloudWorld, WorldPolicy } from "./world.ts";

/** One request as an API's file sees it. */
export interface Call {
  readonly method: string;
  /** Percent-encoded, as it came. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Parsed JSON, or undefined. */
  readonly body: unknown;
  readonly world: CloudWorld;
  /** The server's own ceiling on the length of a page. */
  readonly pageSize: number;
  /** How the page asked for, if it is one, goes wrong. */
  readonly pageFault: PageFault | undefined;
}

export type PageFault = "duplicatedPage" | "loopingToken";

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** Undefined where the API has no such method. */
export type Api = (call: Call) => Answer | undefined;

/** What a route's pattern caught, decoded. */
export type Caught = Readonly<Record<string, string>>;

export type Route = readonly [method: string, pattern: RegExp, handle: (call: Call, caught: Caught) => Answer];

/** The API of these routes. Patterns match the path with its escapes undone, `rawPath` ones as it came. */
export function routes(table: readonly Route[], { rawPath = false } = {}): Api {
  return (call) => {
    const path = rawPath ? call.path : decodeURIComponent(call.path);
    for (const [method, pattern, handle] of table) {
      const match = method === call.method ? pattern.exec(path) : null;
      if (match !== null) {
        return handle(call, match.groups ?? {});
      }
    }
    return undefined;
  };
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

const statuses: Readonly<Record<number, string>> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  409: "ABORTED",
  429: "RESOURCE_EXHAUSTED",
  500: "INTERNAL",
  501: "UNIMPLEMENTED",
  503: "UNAVAILABLE",
};

/** An error in the shape of google.rpc.Status over HTTP. */
export function refusal(code: number, message: string, reason?: string): Answer {
  const status = statuses[code] ?? "UNKNOWN";
  const details =
    reason === undefined
      ? {}
      : { details: [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason, domain: "googleapis.com" }] };
  return { status: code, body: { error: { code, message, status, ...details } } };
}

/** 403, with the permission that is missing where Google names it. */
export function denied(resource: string, permission?: string): Answer {
  const named = permission === undefined ? "The caller does not have permission" : `Permission '${permission}' denied`;
  const message = `${named} on resource '${resource}' (or it may not exist).`;
  const info = {
    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
    reason: "IAM_PERMISSION_DENIED",
    domain: "iam.googleapis.com",
    metadata: { resource, ...(permission === undefined ? {} : { permission }) },
  };
  return { status: 403, body: { error: { code: 403, message, status: "PERMISSION_DENIED", details: [info] } } };
}

/** The refusal that the world prescribes for this read, if any. */
export function closedAnswer(world: CloudWorld, what: string, resource: string): Answer | undefined {
  switch (world.closed[`${what} ${resource}`]) {
    case "denied":
      return denied(resource, missingPermission(what, resource));
    case "failed":
      return refusal(500, "Internal error encountered.");
    case "disabled":
      return disabledApi(numberedName(world, resource));
    default:
      return undefined;
  }
}

/** What an API answers that is not enabled in the project, in the shape that google.rpc.ErrorInfo has there. */
function disabledApi(consumer: string): Answer {
  const message = `The API has not been used in ${consumer.replace("projects/", "project ")} before or it is disabled.`;
  const details = [
    {
      "@type": "type.googleapis.com/google.rpc.Help",
      links: [{ description: "Google developers console API activation" }],
    },
    {
      "@type": "type.googleapis.com/google.rpc.ErrorInfo",
      reason: "SERVICE_DISABLED",
      domain: "googleapis.com",
      metadata: { consumer },
    },
  ];
  return { status: 403, body: { error: { code: 403, message, status: "PERMISSION_DENIED", details } } };
}

/** Deterministic base64 of the value: gcloud crashes on an etag that is not base64. */
export function etagOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest().subarray(0, 8).toString("base64");
}

/**
 * The body of `getIamPolicy`. Below version 3 a conditional binding shows as `ROLE_withcond_HASH` without its condition
 * (docs: /iam/docs/troubleshooting-withcond); a policy without bindings has nothing but the etag of emptiness.
 */
export function policyBody(policy: WorldPolicy, requestedVersion: number): unknown {
  if (policy.bindings.length === 0) {
    return { etag: policy.etag ?? "ACAB" };
  }
  const conditional = policy.bindings.some(({ condition }) => condition !== undefined);
  const bindings = policy.bindings.map(({ role, members, condition }) => {
    if (condition === undefined) {
      return { role, members };
    }
    const hash = createHash("sha256").update(JSON.stringify(condition)).digest("hex").slice(0, 20);
    return requestedVersion < 3 ? { role: `${role}_withcond_${hash}`, members } : { role, members, condition };
  });
  return {
    version: conditional && requestedVersion >= 3 ? 3 : 1,
    etag: policy.etag ?? etagOf(policy.bindings),
    bindings,
  };
}

/** The version that the query of a GET, or of IAM's POST, asks for. */
export function versionInQuery(call: Call): number {
  return Number(call.query.get("options.requestedPolicyVersion") ?? 1);
}

/** The version that the body of a POST asks for. */
export function versionInBody(call: Call): number {
  const options = field(call.body, "options");
  const version = field(options, "requestedPolicyVersion");
  return typeof version === "number" ? version : 1;
}

/** A field of what may be an object. */
export function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}
