import type { Binding } from "../../src/snapshot/snapshot.ts";
import { account } from "../access/tiny-world.ts";
import { type AppliedFederation, appliedFederation } from "./applied-federation.ts";
import { matrix } from "./cases/drift-case.ts";
import { email, invoker, live, NUMBER, sa, world } from "./live-world.ts";

// Matrices with one caller from outside, and the worlds that they are applied to.

export const USER = "roles/iam.workloadIdentityUser";
export const POOL = `projects/${NUMBER}/locations/global/workloadIdentityPools/matrix-prod-github`;
export const MAIN = `principalSet://iam.googleapis.com/${POOL}/attribute.repository_ref/1342004:acme/shop:refs/heads/main`;
export const PODS = "serviceAccount:acme-prod.svc.id.goog[risk/scorer]";

export function withCallers(callers: string, rest = ""): string {
  return matrix(`
services:
  billing: { owner: team-payments, ingress: internal-and-cloud-load-balancing }
  ledger: { owner: team-payments, ingress: internal-and-cloud-load-balancing }
callers:
${callers}
trust:
  ${/^ {2}([a-z-]+):/.exec(callers)?.[1] ?? ""} -> billing: Calls it
${rest}`);
}

export const DEPLOY =
  '  deploy: { owner: team-web, github: { ownerId: "1342004", repository: acme/shop, branch: main } }';
export const github = withCallers(DEPLOY);
export const gke = withCallers("  scorer: { owner: team-risk, gke: { namespace: risk, serviceAccount: scorer } }");
export const aws = withCallers(
  '  pricing: { owner: team-risk, aws: { account: "123456789012", role: pricing-lambda } }',
);

export const behind = { ingress: "internal-and-cloud-load-balancing" } as const;
export const services = (caller: string) => [
  live("billing", [invoker(sa(caller))], behind),
  live("ledger", [], behind),
];
export const accountOf = (key: string, ...bindings: readonly Binding[]) => account(email(`${key}-sa`), bindings);
export const inGithub = (parts: Partial<AppliedFederation>, more: Parameters<typeof world>[0] = {}) =>
  world({ services: services("deploy"), ...appliedFederation(github), ...parts, ...more });
