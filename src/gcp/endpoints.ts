import type { Environment } from "../http/environment.ts";
import { isLoopback } from "../http/is-loopback.ts";
import { SetupError } from "../http/setup-error.ts";

/** The APIs that are called, by the names that gcloud gives them. */
export type ApiName =
  | "run"
  | "iam"
  | "cloudresourcemanager"
  | "cloudidentity"
  | "iap"
  | "policyanalyzer"
  | "logging"
  | "iamcredentials"
  | "sts";

export interface Endpoints {
  /** The base URL of each API. Ends in a slash. */
  readonly base: Readonly<Record<ApiName, string>>;
  /** Those that a variable overrides, with their URLs. They receive the token. */
  readonly overridden: Readonly<Record<string, string>>;
}

const defaults: Readonly<Record<ApiName, string>> = {
  run: "https://run.googleapis.com/",
  iam: "https://iam.googleapis.com/",
  cloudresourcemanager: "https://cloudresourcemanager.googleapis.com/",
  cloudidentity: "https://cloudidentity.googleapis.com/",
  iap: "https://iap.googleapis.com/",
  policyanalyzer: "https://policyanalyzer.googleapis.com/",
  logging: "https://logging.googleapis.com/",
  iamcredentials: "https://iamcredentials.googleapis.com/",
  sts: "https://sts.googleapis.com/",
};

export const apiNames: readonly ApiName[] = [
  "run",
  "iam",
  "cloudresourcemanager",
  "cloudidentity",
  "iap",
  "policyanalyzer",
  "logging",
  "iamcredentials",
  "sts",
];

/** The hosts to call: Google's, or those of the variables that gcloud reads. Throws a SetupError for one that is not safe. */
export function resolveEndpoints(env: Environment): Endpoints {
  const overridden: Record<string, string> = {};
  for (const api of apiNames) {
    const name = `CLOUDSDK_API_ENDPOINT_OVERRIDES_${api.toUpperCase()}`;
    const value = env[name];
    if (value !== undefined && value !== "") overridden[api] = checkOverride(name, value);
  }
  return { base: { ...defaults, ...overridden }, overridden };
}

function checkOverride(name: string, value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined) throw new SetupError(`${name} is not a URL`);
  if (url.username !== "" || url.password !== "") throw new SetupError(`${name} must not hold a user or a password`);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname)))
    throw new SetupError(
      `${name} must start with https:// (http:// is for this machine alone), since it receives the token`,
    );
  if (url.search !== "" || url.hash !== "" || !value.endsWith("/")) throw new SetupError(`${name} must end in /`);
  return url.href;
}
