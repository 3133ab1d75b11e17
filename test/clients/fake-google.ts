import { generate } from "selfsigned";
import { membersOf } from "../federation/admit.ts";
import type { Declared } from "../federation/read-stack.ts";
import type { OutsideToken } from "../federation/token.ts";
import { createFront, type FakeFront, joinHosts } from "./fake-front.ts";
import { bearerOf, errorAnswer, type FakeHost, type FakeServer, jsonAnswer, serveFake } from "./fake-http.ts";
import { type AccessTokens, createAccessTokens, createIamCredentials } from "./fake-iam-credentials.ts";
import { createMetadata, metadataHosts } from "./fake-metadata.ts";
import { createSts, type Subject } from "./fake-sts.ts";
import { createGoogle, createIssuer, type TestIssuer } from "./test-issuer.ts";

/** All of Google, and the issuers outside, with the grants that Terraform would have made. */
export interface FakeGoogle {
  readonly google: TestIssuer;
  readonly tokens: AccessTokens;
  readonly front: FakeFront;
  readonly http: FakeServer;
  readonly https: FakeServer;
  /** PEM, for whoever is to trust `https`. */
  readonly certificate: string;
  /** A token of an issuer outside, as it would show it to the provider. */
  readonly mintOutside: (issuer: string, claims: Readonly<Record<string, unknown>>) => string;
  /** As what the workload beside the metadata server runs. */
  readonly runAs: (email: string) => void;
  /** Whom an access key of AWS belongs to. */
  readonly knowAwsKey: (key: string, owner: { readonly account: string; readonly arn: string }) => void;
  /** What GitHub answers to a job that asks for its token: the audience is put in. */
  readonly runWorkflow: (claims: Readonly<Record<string, unknown>>) => void;
  readonly close: () => Promise<void>;
}

const IMPERSONATORS = new Set(["roles/iam.workloadIdentityUser", "roles/iam.serviceAccountOpenIdTokenCreator"]);
const GITHUB = "https://token.actions.githubusercontent.com";
/** What the variable ACTIONS_ID_TOKEN_REQUEST_URL of a job names. */
export const GITHUB_TOKENS = "https://run-actions-1.actions.githubusercontent.com/token?api-version=2.0";

export async function startGoogle(declared: Declared): Promise<FakeGoogle> {
  const google = createGoogle();
  const tokens = createAccessTokens();
  const front = createFront(google);
  const issuers = new Map<string, TestIssuer>();
  const issuerOf = (url: string): TestIssuer => {
    const issuer = issuers.get(url) ?? createIssuer(url);
    issuers.set(url, issuer);
    return issuer;
  };
  const awsKeys: Record<string, { readonly account: string; readonly arn: string }> = {};
  let runsAs = "";
  let workflow: Readonly<Record<string, unknown>> = {};
  const host = joinHosts({
    ...metadataHosts(createMetadata(google, tokens, () => runsAs)),
    "sts.googleapis.com": (request) =>
      createSts(tokens, {
        issuers: [...issuers.values()],
        awsKeys,
        members: (provider, subject) => admitted(declared, provider, subject),
      })(request),
    "iamcredentials.googleapis.com": createIamCredentials(google, tokens, impersonatorsIn(declared)).host,
    // Somebody from outside may impersonate, and nothing else: not even read the project that the pool is in.
    "cloudresourcemanager.googleapis.com": () =>
      errorAnswer(403, "PERMISSION_DENIED", "Permission 'resourcemanager.projects.get' denied"),
    "oauth2.googleapis.com": ({ body }) =>
      new URLSearchParams(body).get("refresh_token") === "of-ana"
        ? jsonAnswer(200, {
            access_token: tokens.grant(["user:ana@acme.example"]),
            expires_in: 3599,
            token_type: "Bearer",
          })
        : jsonAnswer(400, { error: "invalid_grant" }),
    "run.googleapis.com": jobRunner(declared, tokens),
    "run-actions-1.actions.githubusercontent.com": ({ query }) =>
      jsonAnswer(200, { count: 1, value: issuerOf(GITHUB).mint({ ...workflow, aud: query.get("audience") }) }),
    "*": front.host,
  });
  const { cert, private: key } = await certify();
  const [http, https] = await Promise.all([serveFake(host), serveFake(host, { cert, key })]);
  return {
    google,
    tokens,
    front,
    http,
    https,
    certificate: cert,
    mintOutside: (issuer, claims) => issuerOf(issuer).mint(claims),
    runAs: (email) => void (runsAs = email),
    knowAwsKey: (awsKey, owner) => void (awsKeys[awsKey] = owner),
    runWorkflow: (claims) => void (workflow = claims),
    close: async () => void (await Promise.all([http.close(), https.close()])),
  };
}

/** A certificate for one day and for what the examples call, with a key that nobody keeps. */
function certify(): ReturnType<typeof generate> {
  const names = [
    "*.googleapis.com",
    "*.actions.githubusercontent.com",
    "*.europe-west1.run.app",
    "*.us-central1.run.app",
  ];
  return generate([{ name: "commonName", value: "fakes of this test" }], {
    algorithm: "sha256",
    extensions: [{ name: "subjectAltName", altNames: names.map((value) => ({ type: 2 as const, value })) }],
  });
}

/** The members that somebody is who shows a token to one provider; undefined where it refuses. */
function admitted(declared: Declared, name: string, subject: Subject): readonly string[] | undefined {
  const provider = declared.providers.find((each) => each.name === name);
  if (provider === undefined) return undefined;
  const token: OutsideToken =
    subject.kind === "aws"
      ? { ...subject, userid: "AROAEXAMPLE:session" }
      : {
          kind: "oidc",
          issuer: subject.issuer,
          audience: String(subject.claims["aud"]),
          // The fakes hold their own keys; which file of keys the provider has is not what is asked here.
          ...(provider.trust.type === "oidc" && provider.trust.jwks !== undefined ? { keys: provider.trust.jwks } : {}),
          claims: subject.claims,
        };
  const members = [...membersOf({ pools: declared.pools, providers: [provider] }, token)];
  return members.length === 0 ? undefined : members;
}

function impersonatorsIn({ grants }: Declared): Readonly<Record<string, readonly string[]>> {
  const members = new Map<string, readonly string[]>();
  for (const { on, role, member } of grants)
    if (on.kind === "account" && IMPERSONATORS.has(role))
      members.set(on.name, [...(members.get(on.name) ?? []), member]);
  // What nobody has written into the matrix: a person who may act as an account that was there before.
  return { ...Object.fromEntries(members), "nightly@acme-batch.iam.gserviceaccount.com": ["user:ana@acme.example"] };
}

/** facts: jobs are run with an access token; the method is `projects.locations.jobs.run` of v2. */
function jobRunner({ grants }: Declared, tokens: AccessTokens): FakeHost {
  return (request) => {
    const [, project, region, job] =
      /^\/v2\/projects\/([^/]+)\/locations\/([^/]+)\/jobs\/([^/:]+):run$/.exec(request.path) ?? [];
    const members = tokens.membersOf(bearerOf(request) ?? "");
    if (members.length === 0)
      return errorAnswer(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
    const isIn = grants.some(
      ({ on, member }) => on.kind === "job" && on.name === `${project}/${region}/${job}` && members.includes(member),
    );
    return request.method === "POST" && isIn
      ? jsonAnswer(200, { done: false })
      : errorAnswer(403, "PERMISSION_DENIED", "Permission 'run.jobs.run' denied");
  };
}
