import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createFront, type FakeFront, type FrontService, joinHosts } from "../clients/fake-front.ts";
import { type FakeHost, type FakeServer, serveFake } from "../clients/fake-http.ts";
import { createAccessTokens, createIamCredentials } from "../clients/fake-iam-credentials.ts";
import { createGoogle } from "../clients/test-issuer.ts";
import { type Ran, runMatrix, temporaryFolder } from "../cli/test-io.ts";

/** Its edges: storefront -> checkout -> billing. billing is sensitive, storefront public. */
export const shop = `version: 1
environments:
  staging: { project: acme-staging, number: "222222222222", regions: [europe-west1] }
callers:
  ana: { user: ana@acme.example }
services:
  storefront: { ingress: all, public: { reason: Customers browse without signing in } }
  checkout: { ingress: all }
  billing: { ingress: all, labels: { data: pci } }
  ledger: { ingress: all }
sensitive: { labels: { data: [pci] } }
trust:
  storefront -> checkout: Places orders
  checkout -> billing: Charges the card when an order is placed
  checkout -> ledger: Books the order
`;

export const names = ["storefront", "checkout", "billing", "ledger"] as const;

export function urlOf(name: string): string {
  return `https://${name}-222222222222.europe-west1.run.app`;
}

export function accountOf(name: string): string {
  return `${name}-sa@acme-staging.iam.gserviceaccount.com`;
}

/** What the front would be if the matrix were applied. */
const applied: Readonly<Record<string, Omit<FrontService, "url">>> = {
  storefront: { invokers: ["allUsers"] },
  checkout: { invokers: [`serviceAccount:${accountOf("storefront")}`] },
  billing: { invokers: [`serviceAccount:${accountOf("checkout")}`] },
  ledger: { invokers: [`serviceAccount:${accountOf("checkout")}`] },
};

export interface LiveShop {
  readonly front: FakeFront;
  readonly server: FakeServer;
  readonly folder: string;
  readonly token: string;
  readonly env: Readonly<Record<string, string>>;
  /** Replaces one service of the front. */
  readonly serve: (name: string, service: Omit<FrontService, "url">) => void;
  readonly verify: (...argv: readonly string[]) => Promise<Ran>;
}

export interface ShopOptions {
  readonly matrix?: string;
  /** What stands before the fake front. */
  readonly before?: (front: FakeHost, serve: LiveShop["serve"]) => FakeHost;
}

export const google = createGoogle();

/** The shop as it runs, with IAM Credentials for whoever holds the token of the run. */
export async function startShop({ matrix = shop, before = (front) => front }: ShopOptions = {}): Promise<LiveShop> {
  const front = createFront(google);
  const serve: LiveShop["serve"] = (name, service) => front.serve({ url: urlOf(name), ...service });
  for (const [name, service] of Object.entries(applied)) serve(name, service);
  const tokens = createAccessTokens();
  const impersonators = Object.fromEntries(
    names.map((name) => [accountOf(name), ["user:ci@acme.example", `serviceAccount:${accountOf("ledger")}`]]),
  );
  // Nobody may act as billing.
  const { [accountOf("billing")]: _, ...mayBeActedAs } = impersonators;
  const iam = createIamCredentials(google, tokens, mayBeActedAs);
  const server = await serveFake(joinHosts({ "127.0.0.1": iam.host, "*": before(front.host, serve) }));
  onTestFinished(() => server.close());
  const folder = temporaryFolder();
  writeFileSync(join(folder, "matrix.yaml"), matrix);
  const token = tokens.grant(["user:ci@acme.example"]);
  const env = {
    MATRIX_VERIFY_FRONT: server.url,
    CLOUDSDK_API_ENDPOINT_OVERRIDES_IAMCREDENTIALS: server.url,
    GOOGLE_OAUTH_ACCESS_TOKEN: token,
  };
  const verify = (...argv: readonly string[]): Promise<Ran> =>
    runMatrix(["verify", "--rate", "100", ...argv], { cwd: folder, env });
  return { front, server, folder, token, env, serve, verify };
}
