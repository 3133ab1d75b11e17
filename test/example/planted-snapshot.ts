import { builtInRole } from "../../src/gcp/builtin-roles.ts";
import { sealSnapshot } from "../../src/snapshot/seal-snapshot.ts";
import type { Binding, Policy, ProjectRecord, Reading, ServiceRecord, Snapshot } from "../../src/snapshot/snapshot.ts";

// Production of matrix.example.yaml as it might be found, with a dozen troubles planted in it. Whatever is not a
// trouble is exactly what the matrix declares.

interface Project {
  readonly id: string;
  readonly number: string;
}

const core = { id: "boutique-prod", number: "111111111111" };
const pci = { id: "boutique-prod-pci", number: "222222222222" };
const WHEN = "2026-11-22T06:00:00Z";

function read<T>(value: T): Reading<T> {
  return { status: "read", value };
}
const policy = (...bindings: readonly Binding[]): Reading<Policy> => read({ bindings });
const bind = (role: string, ...members: readonly string[]): Binding => ({ role, members });
const account = (id: string, project: Project = core): string => `${id}@${project.id}.iam.gserviceaccount.com`;
const sa = (id: string, project: Project = core): string => `serviceAccount:${account(id, project)}`;
const invoker = (...members: readonly string[]): Binding => bind("roles/run.invoker", ...members);

/** The label `team` of the services: what the matrix says of their owners. debug-echo has none. */
const teams: Readonly<Record<string, readonly string[]>> = {
  web: ["adservice", "frontend"],
  checkout: ["cartservice", "checkoutservice", "emailservice", "shippingservice"],
  catalog: ["currencyservice", "productcatalogservice", "recommendationservice"],
  payments: ["ledger", "paymentservice", "settlement"],
};

interface Placed {
  readonly project: Project;
  readonly record: ServiceRecord;
}

function service(
  name: string,
  bindings: readonly Binding[],
  rest: Partial<ServiceRecord> & { readonly project?: Project } = {},
): Placed {
  const [team] = Object.entries(teams).find(([, names]) => names.includes(name)) ?? [];
  const { project = core, region = "europe-west1", kind = "service", ...others } = rest;
  return {
    project,
    record: {
      kind,
      region,
      name,
      policy: policy(...bindings),
      invokerCheckDisabled: false,
      ingress: kind === "job" ? "all" : "internal",
      defaultUrlDisabled: false,
      iapEnabled: false,
      iap: null,
      account: account(`${name}-sa`, project),
      urls: kind === "job" ? [] : [`https://${name}-${project.number}.${region}.run.app`],
      audiences: [],
      ...(team === undefined ? {} : { labels: { team } }),
      ...others,
    },
  };
}

const cart = [invoker(sa("checkoutservice-sa"), sa("frontend-sa"))];
const payment = [bind("roles/run.servicesInvoker", sa("checkoutservice-sa"), sa("legacy-shop"))];
const everybody = [invoker("allUsers")];

const services = [
  service("adservice", [invoker(sa("frontend-sa"))]),
  // 1. Somebody switched the invoker check off: the policy looks clean.
  service("cartservice", cart, { invokerCheckDisabled: true }),
  service("checkoutservice", [invoker(sa("frontend-sa"))]),
  // 2. A person was let in by hand.
  service("currencyservice", [
    invoker(sa("checkoutservice-sa"), sa("legacy-shop"), sa("frontend-sa"), "user:dana@boutique.example"),
  ]),
  // 3. The declared caller is missing, so that confirmations fail.
  service("emailservice", [invoker(sa("legacy-shop"))]),
  service("frontend", everybody, { ingress: "all" }),
  service("frontend", everybody, { ingress: "all", region: "us-central1" }),
  service("paymentservice", payment, { project: pci }),
  // 4. Another role on the service opens the same door.
  service("paymentservice", [...payment, bind("roles/run.developer", "group:contractors@boutique.example")], {
    project: pci,
    region: "us-central1",
  }),
  // 5. A grant with a condition, which Terraform cannot see.
  service("productcatalogservice", [
    invoker(sa("checkoutservice-sa"), sa("legacy-shop"), sa("frontend-sa"), sa("recommendationservice-sa")),
    {
      ...bind("roles/run.invoker", "group:oncall@boutique.example"),
      condition: { title: "this year", expression: 'request.time < timestamp("2027-01-01T00:00:00Z")' },
    },
  ]),
  // 6. It runs as the default compute account of the project.
  service("recommendationservice", [invoker(sa("frontend-sa"))], { account: null }),
  // 7. It takes requests from everywhere. 8. A member that was deleted.
  service(
    "shippingservice",
    [
      invoker(
        sa("checkoutservice-sa"),
        sa("legacy-shop"),
        sa("frontend-sa"),
        `deleted:${sa("old-shop")}?uid=123456789012345678901`,
      ),
    ],
    { ingress: "all" },
  ),
  service("ledger", [invoker(sa("paymentservice-sa", pci))], { project: pci, account: account("ledger-run", pci) }),
  service("settlement", [invoker(sa("nightly-sa", pci))], { project: pci, kind: "job" }),
  // 9. Nobody declared this one, and it is open to the world.
  service("debug-echo", everybody, { ingress: "all", account: account("frontend-sa") }),
];

const agents = ({ number }: Project): readonly Binding[] => [
  bind("roles/run.serviceAgent", `serviceAccount:service-${number}@serverless-robot-prod.iam.gserviceaccount.com`),
  bind("roles/editor", `serviceAccount:${number}@cloudservices.gserviceaccount.com`),
];

const containers: Snapshot["containers"] = [
  {
    resource: "organizations/900000000000",
    details: read({ number: "900000000000", parent: null }),
    policy: { status: "denied", reason: "resourcemanager.organizations.getIamPolicy is missing" },
    deny: { status: "denied", reason: "iam.denypolicies.list is missing" },
  },
  {
    resource: `projects/${core.id}`,
    details: read({ number: core.number, parent: "organizations/900000000000" }),
    // 10. A group may deploy, and with that call every service of the project.
    policy: policy(...agents(core), bind("roles/run.developer", "group:developers@boutique.example")),
    deny: read([]),
  },
  {
    resource: `projects/${pci.id}`,
    details: read({ number: pci.number, parent: "organizations/900000000000" }),
    policy: policy(...agents(pci)),
    deny: read([]),
  },
];

/** The accounts that exist. */
const existing: readonly (readonly [id: string, project: Project])[] = [
  ...[
    "adservice-sa",
    "cartservice-sa",
    "checkoutservice-sa",
    "currencyservice-sa",
    "emailservice-sa",
    "frontend-sa",
    "legacy-shop",
    "productcatalogservice-sa",
    "recommendationservice-sa",
    "shippingservice-sa",
    "shoppingassistantservice-sa",
  ].map((id) => [id, core] as const),
  ...["ledger-run", "nightly-sa", "paymentservice-sa", "settlement-sa"].map((id) => [id, pci] as const),
];

/** recommendationservice runs as another account, and one service is planned: their accounts have done nothing. */
function lastSeen(id: string): string | null {
  if (id === "recommendationservice-sa" || id === "shoppingassistantservice-sa") return null;
  return id === "legacy-shop" ? "2026-11-03T08:00:00Z" : "2026-11-21T08:00:00Z";
}

const accounts: Snapshot["accounts"] = existing.map(([id, project], at) => ({
  email: account(id, project),
  details: read({ uniqueId: String(100000000000000000001n + BigInt(at)), disabled: false }),
  // 11. A key of an account that may call cardholder data left Google two years ago.
  keys: read(
    id === "checkoutservice-sa"
      ? [
          {
            id: "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
            disabled: false,
            validAfter: "2024-03-01T00:00:00Z",
            validBefore: "9999-12-31T23:59:59Z",
          },
        ]
      : [],
  ),
  // 12. A person may take on an account that calls cardholder data.
  policy: policy(
    ...(id === "paymentservice-sa" ? [bind("roles/iam.serviceAccountTokenCreator", "user:dana@boutique.example")] : []),
  ),
  lastAuthenticated: read(lastSeen(id)),
}));

function projectRecord(project: Project): ProjectRecord {
  const here = services.filter((each) => each.project === project).map(({ record }) => record);
  return {
    project: project.id,
    services: read(here.filter(({ kind }) => kind !== "job")),
    jobs: read(here.filter(({ kind }) => kind === "job")),
    accounts: read(
      accounts.map(({ email }) => email).filter((email) => email.endsWith(`@${project.id}.iam.gserviceaccount.com`)),
    ),
    pools: read([]),
    iap: [],
  };
}

const named = [
  ...services.map(({ record }) => record.policy),
  ...containers.map((each) => each.policy),
  ...accounts.map((each) => each.policy),
];
const roles = [
  ...new Set(
    named.flatMap((each) => (each !== undefined && "value" in each ? each.value.bindings.map(({ role }) => role) : [])),
  ),
].sort();

export const plantedSnapshot: Snapshot = sealSnapshot({
  schema: "matrix/snapshot/v1",
  version: "0.1.0",
  startedAt: "2026-11-22T05:59:48Z",
  finishedAt: WHEN,
  reader: `auditor@${core.id}.iam.gserviceaccount.com`,
  environment: "prod",
  asked: { projects: [core.id, pci.id], scope: [`projects/${core.id}`, `projects/${pci.id}`], groups: false },
  endpoints: {},
  scopes: [],
  containers,
  projects: [projectRecord(core), projectRecord(pci)],
  accounts: [...accounts].sort((a, b) => (a.email < b.email ? -1 : 1)),
  roles: roles.map((name) => ({ name, source: "live", permissions: builtInRole(name) ?? read([]) })),
  groups: ["contractors", "developers", "oncall"].map((name) => ({
    email: `${name}@boutique.example`,
    members: { status: "failed", reason: "members of groups were not asked for" },
  })),
});
