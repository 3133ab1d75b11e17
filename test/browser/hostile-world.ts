import { sealSnapshot } from "../../src/snapshot/seal-snapshot.ts";
import type { Binding, Policy, Reading, ServiceRecord, Snapshot } from "../../src/snapshot/snapshot.ts";
import { canonicalJson } from "../../src/words/canonical-json.ts";

/** Gives the text for a place: each place is asked once, in one order. */
export type Write = (place: string) => string;

export interface HostileWorld {
  readonly matrix: string;
  readonly included: string;
  readonly snapshot: string;
}

const project = "acme-prod";
const email = (name: string): string => `${name}@${project}.iam.gserviceaccount.com`;
const at = (member: string, role = "roles/run.invoker"): Binding => ({ role, members: [member] });
const read = <T>(value: T): Reading<T> => ({ status: "read", value });
const policyOf = (...bindings: readonly Binding[]): Reading<Policy> => read({ bindings });

/**
 * A matrix of two files and a snapshot, with a text of `write` wherever either takes one: a reason, a ticket, a label, a
 * principal, a role, a condition, a name of something that nobody declared. `inMatrix` writes what a matrix takes.
 */
export function hostileWorld(inMatrix: Write, inSnapshot: Write): HostileWorld {
  return { ...matrixFiles(inMatrix), snapshot: snapshotText(inSnapshot) };
}

function matrixFiles(write: Write): Pick<HostileWorld, "matrix" | "included"> {
  const labels = (place: string): object => ({ [write(`${place} label`)]: write(`${place} label value`) });
  const matrix = {
    version: 1,
    include: ["services/*.yaml"],
    owners: { web: { contact: write("contact of web") }, pay: { contact: write("contact of pay") } },
    sensitive: { labels: { data: "pci" } },
    environments: { prod: { project, number: "111", regions: ["europe-west1"] } },
    callers: {
      nightly: {
        owner: "pay",
        description: write("caller"),
        serviceAccount: email("nightly"),
        labels: labels("caller"),
      },
      people: { owner: "web", description: write("group"), group: "people@acme.example" },
    },
    sets: { shop: ["front", "cart"] },
    trust: {
      "front -> cart": { reason: write("edge reason"), ticket: write("edge ticket"), reviewed: "2026-10-01" },
      "shop -> bill": { reason: write("set edge reason"), ticket: write("set edge ticket") },
      "nightly -> bill": {
        reason: write("expired edge reason"),
        ticket: write("expired ticket"),
        expires: "2026-11-01",
      },
      "people -> cart": write("short reason"),
    },
    rules: { door: { reason: write("rule reason"), never: { from: "internet", to: "bill" }, approvers: ["pay"] } },
    inherited: {
      above: {
        principal: `user:${write("inherited principal")}`,
        role: "roles/run.developer",
        at: [`projects/${project}`],
        owner: "pay",
        reason: write("inherited reason"),
      },
    },
    exceptions: [
      {
        id: "EX-1",
        rule: "undeclared-caller",
        match: { service: "cart", principal: "user:accepted@acme.example" },
        reason: write("exception reason"),
        ticket: write("exception ticket"),
        owner: "pay",
        expires: "2027-01-01",
      },
    ],
  };
  const included = {
    services: {
      front: { owner: "web", description: write("front"), ingress: "all", public: { reason: write("public reason") } },
      cart: { owner: "web", description: write("cart"), labels: labels("cart") },
      bill: { owner: "pay", description: write("bill"), labels: { data: "pci", ...labels("bill") } },
    },
  };
  // JSON is YAML.
  return { matrix: JSON.stringify(matrix, null, 1), included: JSON.stringify(included, null, 1) };
}

function snapshotText(write: Write): string {
  const services = servicesOf(write);
  const accounts = [...["front", "cart", "bill"].map((name) => email(`${name}-sa`)), email("nightly")];
  const content: Omit<Snapshot, "sha256"> = {
    schema: "matrix/snapshot/v1",
    version: write("version"),
    startedAt: "2026-11-22T05:59:48Z",
    finishedAt: "2026-11-22T06:00:00Z",
    reader: write("reader"),
    environment: "prod",
    asked: { projects: [project], scope: [`projects/${project}`], groups: true },
    endpoints: { run: write("endpoint") },
    scopes: [],
    containers: [
      {
        resource: `projects/${project}`,
        details: read({ number: "111", parent: "folders/222" }),
        policy: policyOf(at(`group:${write("group that inherits")}`, "roles/run.developer")),
        deny: { status: "denied", reason: write("reason of a denied read") },
      },
      {
        resource: "folders/222",
        details: read({ number: "222", parent: null }),
        policy: { status: "failed", reason: write("reason of a failed read") },
        deny: read([]),
      },
    ],
    projects: [
      {
        project,
        services: read(services),
        jobs: { status: "partial", value: [], reason: write("reason of a partial read") },
        accounts: read(accounts),
        pools: read([]),
        iap: [],
      },
    ],
    accounts: accounts.toSorted().map((each) => ({
      email: each,
      details: read({ uniqueId: "1", disabled: false }),
      keys: read([]),
      policy: policyOf(at(`user:${write(`who may become ${each}`)}`, "roles/iam.serviceAccountTokenCreator")),
    })),
    roles: [
      ["roles/iam.serviceAccountTokenCreator", "iam.serviceAccounts.getAccessToken"],
      ["roles/run.developer", "run.routes.invoke"],
      ["roles/run.invoker", "run.routes.invoke"],
    ].map(([name = "", permission = ""]) => ({ name, source: "live", permissions: read([permission]) })),
    groups: [],
  };
  return `${canonicalJson(sealSnapshot(content))}\n`;
}

function servicesOf(write: Write): readonly ServiceRecord[] {
  const service = (name: string, bindings: readonly Binding[], more: Partial<ServiceRecord> = {}): ServiceRecord => ({
    kind: "service",
    region: "europe-west1",
    name,
    policy: policyOf(...bindings),
    invokerCheckDisabled: false,
    ingress: "internal",
    defaultUrlDisabled: false,
    iapEnabled: false,
    iap: null,
    account: email(`${name}-sa`),
    urls: [write(`${name} URL`)],
    audiences: [write(`${name} audience`)],
    labels: { [write(`${name} live label`)]: write(`${name} live label value`) },
    ...more,
  });
  const condition = { title: write("title of a condition"), expression: write("condition") };
  return [
    service("bill", [
      at("allUsers"),
      { ...at(`user:${write("conditional caller")}`), condition },
      { ...at(`serviceAccount:${email("front-sa")}`) },
      at(`user:${write("by an unknown role")}`, write("role")),
    ]),
    service("cart", [
      at(`serviceAccount:${email("front-sa")}`),
      at("user:accepted@acme.example"),
      at(`user:${write("undeclared caller")}`),
      at(`serviceAccount:${write("undeclared account")}`),
      at(write("member of no kind")),
    ]),
    service("front", [at("allUsers")], { ingress: "all" }),
    service(write("name of a service"), [at(`domain:${write("domain")}`)], {
      // Behind the others, whatever it is called: what comes first is cited.
      region: `z ${write("region")}`,
      account: write("account"),
    }),
  ];
}
