import type { ApiName } from "./endpoints.ts";

/** What the tool may ask at all. Everything else is refused before a byte is sent; nothing on these lists changes anything. */
export type Method = "GET" | "POST" | "PUT";

/** A request for data: the path below the base of an API, without its query. */
export interface DataTarget {
  readonly list: "data";
  readonly method: Method;
  readonly api: ApiName;
  readonly path: string;
}

/** A request for a token. */
export interface ExchangeTarget {
  readonly list: "exchange";
  readonly method: Method;
  readonly host: ExchangeHost;
  readonly path: string;
}

/** A request for an ID token of another account, to call a service with: only `matrix verify` may send it. */
export interface MintTarget {
  readonly list: "mint";
  readonly method: Method;
  readonly host: "iamcredentials";
  readonly path: string;
}

/** `metadata` is the metadata server of a machine in Google Cloud or AWS; `subject` the URL that the credentials name as the source of their token. */
export type ExchangeHost = "oauth2" | "sts" | "iamcredentials" | "metadata" | "subject";

interface Rule {
  readonly method: Method;
  readonly path: RegExp;
}

/** One encoded part of a path. `%2F` would be a slash on the other side, and `.` or `..` another path. */
const part = String.raw`(?!\.{1,2}(?:/|$))(?:[\w\-.!~*'()@]|%(?!2F|5C)[0-9A-F]{2})+`;

function rule(method: Method, path: string): Rule {
  const pattern = path
    .split("*")
    .map((text) => text.replaceAll(/[.+?^${}[\]\\]/g, String.raw`\$&`))
    .join(part);
  return { method, path: new RegExp(`^${pattern}$`) };
}

const dataReads: Readonly<Partial<Record<ApiName, readonly Rule[]>>> = {
  cloudresourcemanager: [
    rule("GET", "v3/projects"),
    rule("GET", "v3/folders"),
    rule("GET", "v3/(projects|folders|organizations)/*"),
    rule("POST", "v3/(projects|folders|organizations)/*:getIamPolicy"),
  ],
  run: [
    rule("GET", "v1/projects/*/locations/*/services"),
    rule("GET", "apis/run.googleapis.com/v1/namespaces/*/jobs"),
    rule("GET", "v2/projects/*/locations/*/(services|jobs)"),
    rule("GET", "v2/projects/*/locations/*/(services|jobs)/*"),
    rule("GET", "v1/projects/*/locations/*/(services|jobs)/*:getIamPolicy"),
  ],
  iam: [
    rule("GET", "v1/roles/*"),
    rule("GET", "v1/(projects|organizations)/*/roles/*"),
    rule("GET", "v1/projects/*/serviceAccounts"),
    rule("GET", "v1/projects/*/serviceAccounts/*"),
    rule("GET", "v1/projects/*/serviceAccounts/*/keys"),
    rule("POST", "v1/projects/*/serviceAccounts/*:getIamPolicy"),
    rule("GET", "v1/projects/*/locations/global/workloadIdentityPools"),
    rule("GET", "v1/projects/*/locations/global/workloadIdentityPools/*/providers"),
    // The attachment point is one part that holds slashes: docs /iam/docs/reference/rest/v2/policies.
    rule("GET", "v2/policies/cloudresourcemanager.googleapis.com%2F(projects|folders|organizations)%2F*/denypolicies"),
    rule(
      "GET",
      "v2/policies/cloudresourcemanager.googleapis.com%2F(projects|folders|organizations)%2F*/denypolicies/*",
    ),
  ],
  cloudidentity: [rule("GET", "v1/groups:lookup"), rule("GET", "v1/groups/*/memberships:searchTransitiveMemberships")],
  iap: [
    rule("POST", "v1/projects/*/iap_web:getIamPolicy"),
    rule("POST", "v1/projects/*/iap_web/*:getIamPolicy"),
    rule("POST", "v1/projects/*/iap_web/*/services/*:getIamPolicy"),
  ],
  policyanalyzer: [
    rule("GET", "v1/projects/*/locations/global/activityTypes/serviceAccountLastAuthentication/activities:query"),
  ],
  logging: [rule("POST", "v2/entries:list")],
};

const exchanges: Readonly<Record<ExchangeHost, readonly Rule[]>> = {
  oauth2: [rule("POST", "token")],
  sts: [rule("POST", "v1/token"), rule("POST", "v1/oauthtoken")],
  iamcredentials: [rule("POST", "v1/projects/-/serviceAccounts/*:generateAccessToken")],
  metadata: [
    rule("GET", ""),
    rule("GET", "computeMetadata/v1/instance/service-accounts/default/(token|email)"),
    rule("GET", "latest/meta-data/placement/availability-zone"),
    rule("GET", "latest/meta-data/iam/security-credentials"),
    rule("GET", "latest/meta-data/iam/security-credentials/*"),
    rule("PUT", "latest/api/token"),
  ],
  // Its path is compared in whole where the host is told from others; only the method is left to decide.
  subject: [{ method: "GET", path: /^/ }],
};

/** docs: iamcredentials v1 `projects.serviceAccounts.generateIdToken` */
const mints: readonly Rule[] = [rule("POST", "v1/projects/-/serviceAccounts/*:generateIdToken")];

/** Whether a request is on one of the closed lists. */
export function isAllowed(target: DataTarget | ExchangeTarget | MintTarget): boolean {
  if (target.list === "mint")
    return mints.some(({ method, path }) => method === target.method && path.test(target.path));
  const rules = target.list === "data" ? (dataReads[target.api] ?? []) : exchanges[target.host];
  return rules.some(({ method, path }) => method === target.method && path.test(target.path));
}

/** The patterns of data reads, for tests and documents that must name each of them. */
export function dataReadPatterns(): readonly {
  readonly api: string;
  readonly method: string;
  readonly path: RegExp;
}[] {
  return Object.entries(dataReads).flatMap(([api, rules]) => rules.map(({ method, path }) => ({ api, method, path })));
}
