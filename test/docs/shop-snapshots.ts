import { builtInRole } from "../../src/gcp/builtin-roles.ts";
import { sealSnapshot } from "../../src/snapshot/seal-snapshot.ts";
import type { Binding, Policy, Reading, ServiceRecord, Snapshot } from "../../src/snapshot/snapshot.ts";
import { canonicalJson } from "../../src/words/canonical-json.ts";

// The shop of docs/drift.md, as it was read on several days. Its matrix stands on the page.

const PROJECT = "projects/acme-prod";
const account = (id: string): string => `${id}@acme-prod.iam.gserviceaccount.com`;
const sa = (id: string): string => `serviceAccount:${account(id)}`;
const bind = (role: string, ...members: readonly string[]): Binding => ({ role, members });

function read<T>(value: T): Reading<T> {
  return { status: "read", value };
}

function policy(...bindings: readonly Binding[]): Reading<Policy> {
  return read({ bindings });
}

interface Day {
  readonly at: string;
  /** Who holds the row of billing. */
  readonly billing: readonly string[];
  /** The policy of the project. */
  readonly project?: Reading<Policy>;
  /** The account that checkout runs as, where it is not its own. */
  readonly checkout?: string;
}

function service(name: string, members: readonly string[], runsAs = `${name}-sa`): ServiceRecord {
  return {
    kind: "service",
    region: "europe-west1",
    name,
    policy: policy(bind("roles/run.invoker", ...members)),
    invokerCheckDisabled: false,
    ingress: name === "storefront" ? "all" : "internal",
    defaultUrlDisabled: false,
    iapEnabled: false,
    iap: null,
    account: account(runsAs),
    urls: [],
    audiences: [],
  };
}

function snapshotOf({ at, billing, project = policy(), checkout }: Day): Snapshot {
  const services = [
    service("billing", billing),
    service("checkout", [sa("storefront-sa")], checkout),
    service("storefront", ["allUsers"]),
  ];
  const own = services.map(({ name }) => account(`${name}-sa`));
  const emails = checkout === undefined ? own : [account(checkout), ...own].sort();
  const policies = [...services.map((each) => each.policy), project];
  const bindings = policies.flatMap((each) => ("value" in each ? each.value.bindings : []));
  return sealSnapshot({
    schema: "matrix/snapshot/v1",
    version: "0.1.0",
    startedAt: at,
    finishedAt: at,
    reader: account("auditor"),
    environment: "prod",
    asked: { projects: ["acme-prod"], scope: [PROJECT], groups: false },
    endpoints: {},
    scopes: [],
    containers: [
      { resource: PROJECT, details: read({ number: "111111111111", parent: null }), policy: project, deny: read([]) },
    ],
    projects: [
      {
        project: "acme-prod",
        services: read(services),
        jobs: read([]),
        accounts: read(emails),
        pools: read([]),
        iap: [],
      },
    ],
    accounts: emails.map((email) => ({
      email,
      details: read({ uniqueId: "1", disabled: false }),
      keys: read([]),
      policy: policy(),
    })),
    roles: [...new Set(bindings.map(({ role }) => role))]
      .sort()
      .map((name) => ({ name, source: "live", permissions: builtInRole(name) ?? read([]) })),
    groups: [...new Set(bindings.flatMap(({ members }) => members))]
      .filter((member) => member.startsWith("group:"))
      .sort()
      .map((member) => ({
        email: member.slice("group:".length),
        members: { status: "failed", reason: "members of groups were not asked for" },
      })),
  });
}

const developers = policy(bind("roles/run.developer", "group:developers@acme.example"));

const days = {
  /** Exactly what the matrix says. */
  "clean.snapshot.json": { at: "2026-11-16T06:00:00Z", billing: [sa("checkout-sa")] },
  /** Somebody was let in by hand, and a group may deploy. */
  "monday.snapshot.json": {
    at: "2026-11-16T06:00:00Z",
    billing: [sa("checkout-sa"), "user:dana@acme.example"],
    project: developers,
  },
  /** Dana is gone; the group stays. */
  "tuesday.snapshot.json": { at: "2026-11-17T06:00:00Z", billing: [sa("checkout-sa")], project: developers },
  /** The policy of the project was not read. */
  "blind.snapshot.json": {
    at: "2026-11-18T06:00:00Z",
    billing: [sa("checkout-sa")],
    project: { status: "denied", reason: "resourcemanager.projects.getIamPolicy is missing" },
  },
  /** Checkout moves from an account that it shared, and is not deployed with its own yet. */
  "moving.snapshot.json": {
    at: "2026-11-20T06:00:00Z",
    billing: [sa("checkout-sa"), sa("backend")],
    checkout: "backend",
  },
  /** Before the apply that grants checkout its right. */
  "early.snapshot.json": { at: "2026-11-19T06:00:00Z", billing: [] },
} as const satisfies Readonly<Record<string, Day>>;

/** Their texts by the names of their files. */
export const shopSnapshots: ReadonlyMap<string, string> = new Map(
  Object.entries(days).map(([name, day]) => [name, `${canonicalJson(snapshotOf(day))}\n`]),
);
