import type { ProviderRecord } from "../../src/snapshot/snapshot.ts";
import { bind } from "../access/tiny-world.ts";
import { appliedFederation, withProviders } from "../drift/applied-federation.ts";
import { sa, world } from "../drift/live-world.ts";
import { accountOf, github, gke, inGithub, PODS, services, USER, withCallers } from "../drift/outside-world.ts";
import type { Asking, Fixture } from "./explained.ts";

// Causes that only callers from outside have, or products of Google.

const applied = appliedFederation(github);
const deploys = (parts: Parameters<typeof inGithub>[0], more: Asking = {}): Asking => ({
  matrix: github,
  caller: "deploy",
  callee: "billing",
  snapshot: inGithub(parts),
  ...more,
});
const provided = (change: Partial<ProviderRecord>): Asking =>
  deploys(withProviders(applied, (provider) => [{ ...provider, ...change }]));
const well: Asking = deploys({}, { status: 403 });

const events = withCallers("  uploads: { owner: team-web, eventarc: { trigger: uploads } }");
const triggered = (...bindings: Parameters<typeof accountOf>[1][]): Asking => ({
  matrix: events,
  caller: "uploads",
  callee: "billing",
  snapshot: world({ services: services("uploads"), accounts: [accountOf("uploads")], bindings }),
});

export const outsideFixtures: Readonly<Record<string, Fixture>> = {
  "not-its-account": {
    bad: deploys({ accounts: [accountOf("deploy")] }),
    likelihood: "certain",
    says: /deploy-sa@\S+: principalSet:\S+main does not hold roles\/iam.workloadIdentityUser[^]*iamcredentials/,
    fix: /apply what matrix synth writes; or gcloud iam service-accounts add-iam-policy-binding deploy-sa@/,
    good: well,
  },
  "provider-closed": {
    bad: provided({ active: false }),
    likelihood: "certain",
    says: /providers\/github is off[^]*sts.googleapis.com answers 400/,
    fix: /gcloud iam workload-identity-pools providers undelete github --workload-identity-pool=matrix-prod-github/,
    good: { ...well, status: 400 },
  },
  "provider-other": {
    bad: provided({ mapping: { "google.subject": "'x'" } }),
    likelihood: "likely",
    says: /does not map attribute.repository_ref/,
    fix: /apply what matrix synth writes/,
    good: well,
  },
  "outside-unread": {
    bad: deploys({ pools: applied.pools.map((pool) => ({ ...pool, providers: { status: "denied", reason: "403" } })) }),
    likelihood: "likely",
    says: /^providers of projects\/\d+\/\S+matrix-prod-github: 403$/,
    fix: /iam.workloadIdentityPoolProviders.list/,
    good: well,
  },
  "token-exchange": {
    bad: { ...well, status: 400 },
    likelihood: "possible",
    says: /400 or 401 from sts.googleapis.com: [^]*403 from iamcredentials.googleapis.com/,
    fix: /matrix wiring deploy/,
    good: { ...well, caller: sa("deploy") },
  },
  "need-missing": {
    bad: triggered(),
    likelihood: "likely",
    says: /does not hold roles\/eventarc.eventReceiver on projects\/acme-prod \(to receive events/,
    fix: /gcloud projects add-iam-policy-binding acme-prod/,
    good: triggered(bind("roles/eventarc.eventReceiver", sa("uploads"))),
  },
};

/** Pods that may not act as their account, and get that from their own metadata server. */
export const pods: Asking = {
  matrix: gke,
  caller: "scorer",
  callee: "billing",
  snapshot: world({ services: services("scorer"), accounts: [accountOf("scorer", bind("roles/run.invoker", PODS))] }),
  status: 403,
};

/** The same pods with their grant. */
export const podsWell: Asking = {
  ...pods,
  snapshot: world({ services: services("scorer"), accounts: [accountOf("scorer", bind(USER, PODS))] }),
};
