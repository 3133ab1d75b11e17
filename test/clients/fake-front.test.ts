import { afterAll, beforeAll, expect, test } from "vitest";
import { createFront, joinHosts } from "./fake-front.ts";
import { type FakeServer, serveFake } from "./fake-http.ts";
import { createAccessTokens, createIamCredentials } from "./fake-iam-credentials.ts";
import { createGoogle, createIssuer, mintIdToken } from "./test-issuer.ts";

const billing = "https://billing-111111111111.europe-west1.run.app";
const account = "checkout-sa@acme-prod.iam.gserviceaccount.com";
const other = "storefront-sa@acme-prod.iam.gserviceaccount.com";

const google = createGoogle();
const front = createFront(google);
const tokens = createAccessTokens();
const iam = createIamCredentials(google, tokens, { [account]: ["user:ana@acme.example"] });
let server: FakeServer;

beforeAll(async () => {
  server = await serveFake(joinHosts({ "iamcredentials.googleapis.com": iam.host, "*": front.host }));
});
afterAll(() => server.close());

async function call(headers: Readonly<Record<string, string>>, url = billing): Promise<number> {
  const answer = await fetch(server.url, { headers: { "x-fake-host": new URL(url).hostname, ...headers } });
  return answer.status;
}

function bearer(token: string): { authorization: string } {
  return { authorization: `Bearer ${token}` };
}

test("the front asks for a token, believes only Google's, and then looks at the policy", async () => {
  front.serve({ url: billing, audiences: ["billing"], invokers: [`serviceAccount:${account}`] });
  const past = Math.floor(Date.now() / 1000) - 10;
  const good = mintIdToken(google, account, billing);
  const stranger = createIssuer("https://accounts.google.com");
  const wrongIssuer = createIssuer("https://token.actions.githubusercontent.com");
  expect(await call({})).toBe(403);
  expect(await call(bearer(good))).toBe(200);
  expect(await call(bearer(mintIdToken(google, account, "billing")))).toBe(200);
  expect(await call(bearer(mintIdToken(google, account, `${billing}/`)))).toBe(401);
  expect(await call(bearer(mintIdToken(google, account, billing, { exp: past })))).toBe(401);
  expect(await call(bearer(mintIdToken(stranger, account, billing)))).toBe(401);
  expect(await call(bearer(mintIdToken(wrongIssuer, account, billing)))).toBe(401);
  expect(await call(bearer(`${good.slice(0, -4)}AAAA`))).toBe(401);
  expect(await call(bearer(tokens.grant([`serviceAccount:${account}`])))).toBe(401);
  expect(await call({ authorization: "Basic YTpi" })).toBe(401);
  expect(await call(bearer(mintIdToken(google, other, billing)))).toBe(403);
  expect(await call({ authorization: "ApiKey 1", "x-serverless-authorization": `Bearer ${good}` })).toBe(200);
  expect(await call({ ...bearer(good), "x-serverless-authorization": "Bearer nonsense" })).toBe(401);
});

test("what cannot be reached is not there, and what checks nobody lets everybody in", async () => {
  front.serve({ url: billing, invokers: [`serviceAccount:${account}`], reachable: false });
  expect(await call(bearer(mintIdToken(google, account, billing)))).toBe(404);
  expect(await call({}, "https://nobody-1.europe-west1.run.app")).toBe(404);
  front.serve({ url: billing, invokerCheck: false });
  expect(await call({})).toBe(200);
  front.serve({ url: billing, invokers: ["allUsers"], answer: { status: 503, body: "" } });
  expect(await call({})).toBe(503);
  front.serve({ url: billing, iap: { audiences: ["client.apps"], accessors: [`serviceAccount:${account}`] } });
  expect(await call({})).toBe(401);
  expect(await call(bearer(mintIdToken(google, account, "client.apps")))).toBe(200);
  expect(await call(bearer(mintIdToken(google, other, "client.apps")))).toBe(403);
});

test("IAM Credentials mints for those who may impersonate, and says 403 of all others", async () => {
  front.serve({ url: billing, invokers: [`serviceAccount:${account}`] });
  const mint = async (token: string, email: string): Promise<Response> =>
    fetch(`${server.url}v1/projects/-/serviceAccounts/${email}:generateIdToken`, {
      method: "POST",
      headers: { "x-fake-host": "iamcredentials.googleapis.com", ...bearer(token) },
      body: JSON.stringify({ audience: billing, includeEmail: true }),
    });
  const ana = tokens.grant(["user:ana@acme.example"]);
  const answer: unknown = await (await mint(ana, account)).json();
  const token = typeof answer === "object" && answer !== null && "token" in answer ? String(answer.token) : "";
  expect(google.read(token)).toMatchObject({ aud: billing, email: account, email_verified: true });
  expect(await call(bearer(token))).toBe(200);
  expect((await mint(ana, other)).status).toBe(403);
  expect((await mint(tokens.grant(["user:bob@acme.example"]), account)).status).toBe(403);
  expect((await mint("ya29.unknown", account)).status).toBe(401);
});
