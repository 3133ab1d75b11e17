import { quoteShell } from "../../shell/quote-shell.ts";
import type { Call } from "../../wiring/wiring-report.ts";
import type { WiringFormatter } from "./wiring-format.ts";

/**
 * `NAME_URL` and `NAME_AUDIENCE` for each callee, as a shell and as `docker run --env-file` read them. Where a callee runs
 * in several regions, the first is the plain one, and each stands beside it with its region. What is not known, or not
 * to be called that way, is a comment. Whoever has to impersonate is told whom, and by which provider and token. No two variables have one name: each ends
 * in _URL or _AUDIENCE, or in that and a region, and no region holds either word.
 */
export const env: WiringFormatter = ({ callers, environment }) => {
  const lines = callers.flatMap(({ key, token, account, outside, calls }) => [
    `# ${key} in ${environment}`,
    ...(account !== null && (token.way === "federation" || token.way === "impersonation")
      ? [`IMPERSONATE_SERVICE_ACCOUNT=${quoteShell(account.email)}`]
      : []),
    ...(outside?.provider?.name == null
      ? []
      : [`PROVIDER=${quoteShell(`//iam.googleapis.com/${outside.provider.name}`)}`]),
    ...(outside?.provider?.tokenFile == null ? [] : [`TOKEN_FILE=${quoteShell(outside.provider.tokenFile)}`]),
    ...(calls ?? []).flatMap(variablesOf),
  ]);
  return lines.map((line) => `${line}\n`).join("");
};

function variablesOf({ callee, through, endpoints }: Call): readonly string[] {
  if (through === "iap") return [`# ${callee}: through Identity-Aware Proxy`];
  const name = variableName(callee);
  const known = endpoints.filter(({ url, audience }) => url !== null || audience !== null);
  if (known.length === 0) return [`# ${callee}: its URL is not known`];
  const [first, ...others] = known;
  const all = others.length === 0 ? [] : known;
  return [
    ...[first].flatMap((each) => variables(name, "", each)),
    ...all.flatMap((each) => variables(name, `_${variableName(each.region)}`, each)),
  ];
}

function variables(
  name: string,
  suffix: string,
  endpoint: { readonly url: string | null; readonly audience: string | null } | undefined,
): readonly string[] {
  const { url = null, audience = null } = endpoint ?? {};
  return [
    ...(url === null ? [] : [`${name}_URL${suffix}=${quoteShell(url)}`]),
    ...(audience === null ? [] : [`${name}_AUDIENCE${suffix}=${quoteShell(audience)}`]),
  ];
}

/** Keys and regions hold lower-case letters, digits and hyphens only. */
function variableName(key: string): string {
  return key.toUpperCase().replaceAll("-", "_");
}
