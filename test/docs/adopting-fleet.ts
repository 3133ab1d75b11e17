import { builtInRole } from "../../src/gcp/builtin-roles.ts";
import { sealSnapshot } from "../../src/snapshot/seal-snapshot.ts";
import type { Binding, Policy, Reading, ServiceRecord, Snapshot } from "../../src/snapshot/snapshot.ts";
import { canonicalJson } from "../../src/words/canonical-json.ts";

// The fleet of docs/adopting.md: thirty services in one project, as they were found on a Monday in November, and as they
// are after each step of the page. What stands in rows here comes from this table alone, never from a matrix.

const PROJECT = "acme-prod";
export const NUMBER = "111111111111";
export const REGION = "europe-west1";
/** The last day of the shared accounts. */
export const UNTIL = "2027-01-31";

const teams: Readonly<Record<string, readonly string[]>> = {
  catalog: ["catalog", "images", "imports", "suppliers", "taxes", "translations"],
  orders: ["cart", "checkout", "inventory", "notifications", "orders", "pricing", "returns", "shipping"],
  payments: ["billing", "fraud", "invoices", "ledger", "payouts", "refunds"],
  platform: ["audit", "auth", "flags", "mail"],
  web: ["admin", "content", "recommendations", "reviews", "search", "storefront"],
};

/** Who really calls whom. */
export const callersOf: Readonly<Record<string, readonly string[]>> = {
  audit: ["admin", "ledger", "payouts"],
  auth: ["admin", "checkout", "storefront"],
  billing: ["checkout", "invoices", "refunds", "returns"],
  cart: ["checkout", "storefront"],
  catalog: ["cart", "imports", "recommendations", "search", "storefront"],
  checkout: ["storefront"],
  content: ["storefront"],
  flags: ["cart", "checkout", "recommendations", "search", "storefront"],
  fraud: ["billing", "checkout"],
  images: ["catalog", "content", "reviews"],
  imports: ["suppliers"],
  inventory: ["catalog", "orders", "suppliers"],
  invoices: ["admin", "orders"],
  ledger: ["billing", "invoices", "payouts", "refunds"],
  mail: ["invoices", "notifications"],
  notifications: ["orders", "refunds", "returns", "shipping"],
  orders: ["admin", "checkout", "returns"],
  payouts: ["admin", "suppliers"],
  pricing: ["cart", "catalog", "checkout", "search"],
  recommendations: ["storefront"],
  refunds: ["admin", "returns"],
  returns: ["admin", "storefront"],
  reviews: ["storefront"],
  search: ["storefront"],
  shipping: ["checkout", "orders"],
  suppliers: ["admin"],
  taxes: ["checkout", "invoices", "pricing"],
  translations: ["catalog", "content", "notifications"],
};

/** Services that are open to everybody and tell callers apart by an API key: one for each caller, 23 in all. */
export const guardedByKeys: readonly string[] = ["auth", "billing", "cart", "catalog", "flags", "pricing"];

export const names = Object.values(teams).flat().sort();
export const teamOf = new Map(
  Object.entries(teams).flatMap(([team, services]) => services.map((name) => [name, team] as const)),
);

/** The account that a service was found with. */
export function foundAccount(name: string): string {
  if (name === "billing" || name === "ledger") return `${name}-sa`;
  return teamOf.get(name) === "web" ? "frontend" : "backend";
}

/** Services that share an account on the first day. */
export const sharing: readonly string[] = names.filter((name) => !foundAccount(name).startsWith(name));

interface Stage {
  readonly at: string;
  /** Services whose own account exists and stands in rows beside the old one. */
  readonly moving: readonly string[];
  /** Services that were deployed with it. */
  readonly deployed: readonly string[];
  /** found: rows as somebody made them. declared: only who really calls; ended: and no shared account any more. */
  readonly rows: "found" | "declared" | "ended";
  /** Services that take keys, and tokens as well: their rows hold everybody and their callers. */
  readonly tokensToo?: readonly string[];
  /** Who was let into search by hand. */
  readonly byHand?: string;
}

const payments = (teams["payments"] ?? []).filter((name) => sharing.includes(name));

const stages = {
  /** As it was found. */
  "monday.snapshot.json": { at: "2026-11-23T06:00:00Z", moving: [], deployed: [], rows: "found" },
  /** Somebody was let in by hand. */
  "noon.snapshot.json": {
    at: "2026-11-23T12:00:00Z",
    moving: [],
    deployed: [],
    rows: "found",
    byHand: "user:dana@acme.example",
  },
  /** The accounts of payments were made, and stand in the rows. */
  "tuesday.snapshot.json": {
    at: "2026-11-24T06:00:00Z",
    moving: payments,
    deployed: [],
    rows: "found",
    tokensToo: ["billing"],
  },
  /** Payments was deployed with them. */
  "wednesday.snapshot.json": {
    at: "2026-11-25T06:00:00Z",
    moving: payments,
    deployed: payments,
    rows: "found",
    tokensToo: ["billing"],
  },
  /** Everybody was, and the keys are gone. */
  "january.snapshot.json": { at: "2027-01-15T06:00:00Z", moving: sharing, deployed: sharing, rows: "declared" },
  /** The first apply after the last day of the shared accounts. */
  "february.snapshot.json": { at: "2027-02-01T06:00:00Z", moving: sharing, deployed: sharing, rows: "ended" },
} as const satisfies Readonly<Record<string, Stage>>;

export const email = (id: string): string => `${id}@${PROJECT}.iam.gserviceaccount.com`;
const member = (id: string): string => `serviceAccount:${email(id)}`;
const bind = (role: string, ...members: readonly string[]): Binding => ({ role, members });

function read<T>(value: T): Reading<T> {
  return { status: "read", value };
}

function policy(...bindings: readonly Binding[]): Reading<Policy> {
  return read({ bindings });
}

/** The accounts in the row of a service. */
function rowOf(name: string, { moving, rows }: Stage): readonly string[] {
  const callers = callersOf[name] ?? [];
  if (rows !== "found") {
    const own = callers.map((caller) => (sharing.includes(caller) ? `${caller}-sa` : foundAccount(caller)));
    const old = rows === "ended" ? [] : callers.filter((caller) => sharing.includes(caller)).map(foundAccount);
    return [...new Set([...own, ...old])].sort();
  }
  const found = new Set(callers.map(foundAccount));
  // Whoever leaves an account keeps what it opened.
  const beside = moving.filter((each) => each !== name && found.has(foundAccount(each))).map((each) => `${each}-sa`);
  return [...found, ...beside].sort();
}

function bindingsOf(name: string, stage: Stage): readonly Binding[] {
  if (name === "storefront") return [bind("roles/run.invoker", "allUsers")];
  if (name === "admin") return [bind("roles/run.invoker", "group:staff@acme.example")];
  const isOpen = guardedByKeys.includes(name) && stage.rows === "found";
  const byHand = name === "search" && stage.byHand !== undefined ? [stage.byHand] : [];
  if (!isOpen) return [bind("roles/run.invoker", ...rowOf(name, stage).map(member), ...byHand)];
  const callers = stage.tokensToo?.includes(name) === true ? (callersOf[name] ?? []) : [];
  const own = callers.filter((caller) => stage.moving.includes(caller)).map((caller) => `${caller}-sa`);
  const accounts = [...new Set([...callers.map(foundAccount), ...own])].sort();
  return [bind("roles/run.invoker", "allUsers", ...accounts.map(member))];
}

function service(name: string, stage: Stage): ServiceRecord {
  return {
    kind: "service",
    region: REGION,
    name,
    policy: policy(...bindingsOf(name, stage)),
    invokerCheckDisabled: false,
    ingress: name === "storefront" || name === "admin" || guardedByKeys.includes(name) ? "all" : "internal",
    defaultUrlDisabled: false,
    iapEnabled: false,
    iap: null,
    account: email(stage.deployed.includes(name) ? `${name}-sa` : foundAccount(name)),
    urls: [`https://${name}-${NUMBER}.${REGION}.run.app`],
    audiences: [],
    labels: { team: teamOf.get(name) ?? "" },
  };
}

function snapshotOf(stage: Stage): Snapshot {
  const services = names.map((name) => service(name, stage));
  const emails = [...new Set([...names.map(foundAccount), ...stage.moving.map((name) => `${name}-sa`)])]
    .sort()
    .map(email);
  const project = policy(bind("roles/run.developer", member("deployer")));
  return sealSnapshot({
    schema: "matrix/snapshot/v1",
    version: "0.1.0",
    startedAt: stage.at,
    finishedAt: stage.at,
    reader: email("auditor"),
    environment: "prod",
    asked: { projects: [PROJECT], scope: [`projects/${PROJECT}`], groups: false },
    endpoints: {},
    scopes: [],
    containers: [
      {
        resource: `projects/${PROJECT}`,
        details: read({ number: NUMBER, parent: null }),
        policy: project,
        deny: read([]),
      },
    ],
    projects: [
      {
        project: PROJECT,
        services: read(services),
        jobs: read([]),
        accounts: read([...emails, email("deployer")].sort()),
        pools: read([]),
        iap: [],
      },
    ],
    accounts: [...emails, email("deployer")].sort().map((each) => ({
      email: each,
      details: read({ uniqueId: "1", disabled: false }),
      keys: read([]),
      policy: policy(),
      lastAuthenticated: read(stage.at.replace("T06", "T00")),
    })),
    roles: ["roles/run.developer", "roles/run.invoker"].map((name) => ({
      name,
      source: "live",
      permissions: builtInRole(name) ?? read([]),
    })),
    groups: [
      {
        email: "staff@acme.example",
        members: { status: "failed", reason: "members of groups were not asked for" },
      },
    ],
  });
}

/** The files that the page is played with, by name. */
export const adoptingFiles: ReadonlyMap<string, string> = new Map(
  Object.entries(stages).map(([name, stage]) => [name, `${canonicalJson(snapshotOf(stage))}\n`] as const),
);
