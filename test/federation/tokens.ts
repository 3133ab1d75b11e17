import type { RawFields } from "../synth/document.ts";
import type { Standing } from "./accepts.ts";
import { ASKED, type OidcToken, type OutsideToken } from "./token.ts";

// What the outside shows: the token of a caller as its platform writes it, and tokens that are almost it.

/** The token of whom a caller of a document means; undefined where nobody outside is meant. */
export function tokenOf(caller: RawFields, { project, keys }: Standing): OutsideToken | undefined {
  const details = (kind: string): Readonly<Record<string, string>> | undefined =>
    caller[kind] as Readonly<Record<string, string>> | undefined;
  const gke = details("gke");
  if (gke !== undefined)
    return { kind: "pod", project, namespace: gke["namespace"] ?? "", account: gke["serviceAccount"] ?? "" };
  const aws = details("aws");
  if (aws !== undefined) return awsToken(aws["account"] ?? "", aws["role"] ?? "");
  const github = details("github");
  if (github !== undefined) return githubToken(github);
  const gitlab = details("gitlab");
  if (gitlab !== undefined) {
    const { issuer = "https://gitlab.com", audience } = gitlab;
    return signed(issuer, audience, keys, gitlabClaims(gitlab));
  }
  const oidc = details("oidc");
  if (oidc !== undefined) {
    const { issuer = "", audience, subject = "somebody" } = oidc;
    const claims = (caller["oidc"] as RawFields)["claims"] as Readonly<Record<string, unknown>> | undefined;
    return signed(issuer, audience, keys, { sub: subject, jti: "1", ...claims });
  }
  const spiffe = details("spiffe");
  if (spiffe === undefined) return undefined;
  const { issuer = "", audience, trustDomain, path } = spiffe;
  return signed(issuer, audience, keys, { sub: `spiffe://${trustDomain}${path}` });
}

export function awsToken(account: string, role: string, session = "i-0123456789abcdef0"): OutsideToken {
  const arn = `arn:aws:sts::${account}:assumed-role/${role}/${session}`;
  return { kind: "aws", account, arn, userid: `AROAEXAMPLE:${session}` };
}

function signed(
  issuer: string,
  audience: string | undefined,
  keys: string | undefined,
  claims: OidcToken["claims"],
): OidcToken {
  return { kind: "oidc", issuer, audience: audience ?? ASKED, ...(keys === undefined ? {} : { keys }), claims };
}

function refOf({ branch, tag }: Readonly<Record<string, string>>): string {
  return tag === undefined ? `refs/heads/${branch ?? "some-branch"}` : `refs/tags/${tag}`;
}

/** docs: docs.github.com/actions/reference/openid-connect-reference */
function githubToken(written: Readonly<Record<string, string>>): OidcToken {
  const { ownerId = "", repository = "", repositoryId = "900", environment } = written;
  const { workflow = ".github/workflows/some.yml" } = written;
  const ref = refOf(written);
  const claims = {
    sub: `repo:${repository}:${environment === undefined ? `ref:${ref}` : `environment:${environment}`}`,
    repository,
    repository_id: repositoryId,
    repository_owner: repository.split("/")[0],
    repository_owner_id: ownerId,
    ref,
    ref_type: ref.startsWith("refs/tags/") ? "tag" : "branch",
    workflow: "A name",
    workflow_ref: `${repository}/${workflow}@${ref}`,
    job_workflow_ref: `${repository}/${workflow}@${ref}`,
    event_name: "push",
    ...(environment === undefined ? {} : { environment }),
  };
  return signed("https://token.actions.githubusercontent.com", undefined, undefined, claims);
}

/** docs: docs.gitlab.com/ci/secrets/id_token_authentication */
function gitlabClaims(written: Readonly<Record<string, string>>): OidcToken["claims"] {
  const { namespaceId = "", project = "", projectId = "900", tag, branch = "some-branch", environment } = written;
  const type = tag === undefined ? "branch" : "tag";
  return {
    sub: `project_path:${project}:ref_type:${type}:ref:${tag ?? branch}`,
    namespace_id: namespaceId,
    namespace_path: project.split("/")[0],
    project_id: projectId,
    project_path: project,
    ref: tag ?? branch,
    ref_type: type,
    ...(environment === undefined ? {} : { environment }),
  };
}

/** A change of one thing, by what it is called. */
export interface Change {
  readonly name: string;
  readonly token: OutsideToken;
}

/** A text as somebody would change it who wants to get in. */
const twists: Readonly<Record<string, (text: string) => string>> = {
  other: () => "0",
  longer: (text) => `${text}0`,
  prefixed: (text) => `0${text}`,
  shorter: (text) => text.slice(0, -1),
  "in capitals": (text) => (text.toUpperCase() === text ? text.toLowerCase() : text.toUpperCase()),
  "with a colon": (text) => `${text}:x`,
  "with a colon before": (text) => `x:${text}`,
  "with a bar": (text) => `${text}|x`,
  "with a slash": (text) => `${text}/x`,
  "in a slash": (text) => `x/${text}`,
  "with a line after": (text) => `${text}\n`,
  empty: () => "",
  quoted: (text) => `${text}' || true || '`,
};

/** A token with everything about it changed, one thing at a time. */
export function changesOf(token: OutsideToken): readonly Change[] {
  switch (token.kind) {
    case "pod":
      return (["project", "namespace", "account"] as const).flatMap((field) =>
        twistsOf(token[field]).map(([twist, value]) => ({
          name: `${field} ${twist}`,
          token: { ...token, [field]: value },
        })),
      );
    case "aws":
      return changedAws(token.arn);
    case "oidc":
      return changedOidc(token);
  }
}

function twistsOf(text: string): readonly (readonly [name: string, value: string])[] {
  return Object.entries(twists)
    .map(([name, twist]) => [name, twist(text)] as const)
    .filter(([, value]) => value !== text);
}

function changedAws(arn: string): readonly Change[] {
  const [, account = "", role = "", session = ""] = /^arn:aws:sts::(\d+):assumed-role\/(.+)\/(.+)$/.exec(arn) ?? [];
  const as = (name: string, changed: OutsideToken, further: Readonly<Record<string, string>> = {}): Change => ({
    name,
    token: { ...changed, ...further } as OutsideToken,
  });
  const other = `${account.slice(0, -1)}${account.endsWith("9") ? "8" : "9"}`;
  return [
    as("account", awsToken(other, role)),
    as("account, arn kept", awsToken(account, role), { account: other }),
    as("arn of another account", awsToken(other, role), { account }),
    // Names of roles hold no slash, and neither do names of sessions; colons they do not hold either.
    ...[
      "0",
      `${role}0`,
      `0${role}`,
      role.slice(0, -1) || "z",
      role === role.toUpperCase() ? role.toLowerCase() : role.toUpperCase(),
      `${role}.x`,
      `${role}-`,
      `${role}@`,
    ]
      .filter((changed) => changed !== role)
      .map((changed) => as(`role ${changed}`, awsToken(account, changed))),
    as("role as session", awsToken(account, "other", role)),
    as("role as session of one alike", awsToken(account, `${role}x`, role)),
    as("user", awsToken(account, role), { arn: `arn:aws:iam::${account}:user/${role}` }),
    as("user in a folder that looks like one", awsToken(account, role), {
      arn: `arn:aws:iam::${account}:user/assumed-role/${role}/${session}`,
    }),
    as("root", awsToken(account, role), { arn: `arn:aws:iam::${account}:root` }),
    as("federated user", awsToken(account, role), { arn: `arn:aws:sts::${account}:federated-user/${role}` }),
    as("other partition", awsToken(account, role), { arn: arn.replace("arn:aws:", "arn:aws-cn:") }),
  ];
}

function changedOidc(token: OidcToken): readonly Change[] {
  const claims = Object.entries(token.claims).flatMap(([name, value]) => [
    { name: `${name} dropped`, token: withClaims(token, without(token.claims, name)) },
    { name: `${name} as a list`, token: withClaims(token, { ...token.claims, [name]: [value] }) },
    ...twistsOf(String(value)).map(([twist, changed]) => ({
      name: `${name} ${twist}`,
      token: withClaims(token, { ...token.claims, [name]: changed }),
    })),
  ]);
  const { keys, ...unsigned } = token;
  return [
    ...claims,
    ...shifted(token),
    ...[
      "https://0.example",
      `${token.issuer}/`,
      `${token.issuer}.evil.example`,
      token.issuer.replace("https", "http"),
    ].map((issuer) => ({ name: `issuer ${issuer}`, token: { ...token, issuer } })),
    ...[
      "",
      "0",
      "m0",
      "https://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/x/providers/x",
    ].map((audience) => ({ name: `audience ${audience}`, token: { ...token, audience } })),
    { name: "other keys", token: { ...token, keys: `{"keys":[]}` } },
    ...(keys === undefined ? [] : [{ name: "keys of the issuer", token: unsigned }]),
  ];
}

/** Two claims next to each other with what is between them pushed over: `a:b` and `c` become `a` and `b:c`. */
function shifted(token: OidcToken): readonly Change[] {
  const names = Object.keys(token.claims).filter((name) => typeof token.claims[name] === "string");
  return names.flatMap((name) =>
    names.flatMap((next) => {
      if (name === next) return [];
      const [left, right] = [String(token.claims[name]), String(token.claims[next])];
      const moved = [":", "|", "~"].map((sign): readonly [string, string] => {
        const cut = left.lastIndexOf(sign);
        return cut < 0 ? [`${left}${sign}${right}`, ""] : [left.slice(0, cut), `${left.slice(cut + 1)}${sign}${right}`];
      });
      return [...moved, [right, left] as const].map(([first, second]) => ({
        name: `${name} and ${next} shifted`,
        token: withClaims(token, { ...token.claims, [name]: first, [next]: second }),
      }));
    }),
  );
}

function without(claims: OidcToken["claims"], name: string): OidcToken["claims"] {
  return Object.fromEntries(Object.entries(claims).filter(([claim]) => claim !== name));
}

function withClaims(token: OidcToken, claims: OidcToken["claims"]): OidcToken {
  return { ...token, claims };
}
