import * as fc from "fast-check";
import type { RawDocument, RawEdge, RawFields, RawValue } from "./document.ts";
import { setKeys, withSets, withTrust } from "./join-document.ts";

// Documents as people write them, with everything that decides who may call whom. Names are few, so that things meet.

const serviceKeys = ["web", "checkout", "billing", "ledger", "rates", "payout"] as const;
const callerKeys = ["ana", "oncall", "nightly", "partner", "cron", "pipeline"] as const;
const environmentKeys = ["dev", "staging", "prod"] as const;
const aliases = ["core", "pci", "edge"] as const;
const regions = ["europe-west1", "us-central1"] as const;

/** Around the moment at which generated matrices are judged, 2026-11-22T12:00Z. */
export const NOON = "2026-11-22T12:00:00Z";
const dates = [
  "2026-11-21",
  "2026-11-22",
  "2027-01-31",
  "2026-11-22T11:59:59Z",
  "2026-11-22T12:00Z",
  "2026-11-22T13:00+00:30",
  "2026-11-22T14:00:01+02:00",
];

const date = fc.constantFrom(...dates);
const mode = fc.constantFrom("enforce", "enforce", "add", "observe");
const someRegions = fc.subarray([...regions], { minLength: 1 });
const email = fc.constantFrom(
  "old@acme-dev.iam.gserviceaccount.com",
  "Shared@acme-hr.iam.gserviceaccount.com",
  "web-sa@acme-prod.iam.gserviceaccount.com",
);
const previousAccounts = fc.array(fc.record({ email, until: date }), { maxLength: 2 });

/** Each field there or not. */
const sometimes = (fields: Readonly<Record<string, fc.Arbitrary<RawValue>>>): fc.Arbitrary<RawFields> =>
  fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<RawFields>;

/** Most often none of the fields, sometimes one. */
const rarely = (fields: Readonly<Record<string, fc.Arbitrary<RawValue>>>): fc.Arbitrary<RawFields> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant({}) },
    ...Object.entries(fields).map(([key, value]) => ({
      weight: 1,
      arbitrary: value.map((field) => ({ [key]: field })),
    })),
  );

interface Frame {
  readonly environments: RawDocument["environments"];
  readonly names: readonly string[];
}

const frame: fc.Arbitrary<Frame> = fc
  .record({
    names: fc.subarray([...environmentKeys], { minLength: 1 }),
    long: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    order: fc.shuffledSubarray([...aliases], { minLength: 3 }),
    stacks: fc.array(fc.constantFrom("", "", "own", "far"), { minLength: 9, maxLength: 9 }),
    regions: fc.array(someRegions, { minLength: 3, maxLength: 3 }),
  })
  .map(({ names, long, order, stacks, regions: placed }) => {
    const environments = names.map((name, at) => {
      const number = (index: number): string => `${at + 1}${index}1111111111`;
      const projects = order.map((alias, index) => {
        const stack = stacks[at * 3 + index] ?? "";
        return [
          alias,
          {
            id: `acme-${name}-${alias}`,
            number: number(index),
            ...(stack === "" ? {} : { stack: `${name}-${stack}` }),
          },
        ] as const;
      });
      const where = long[at]
        ? { projects: Object.fromEntries(projects) }
        : { project: `acme-${name}`, number: Number(number(3)) };
      return [name, { ...where, regions: placed[at] ?? [regions[0]] }] as const;
    });
    return { names, environments: Object.fromEntries(environments) };
  });

function service(key: string, names: readonly string[]): fc.Arbitrary<RawFields> {
  const alias = fc.constantFrom(...aliases);
  const account = fc.constantFrom({ id: `${key}-runner` }, { manage: "adopt" }, { id: "web-sa", manage: "reference" });
  const base = sometimes({
    project: alias,
    regions: someRegions,
    name: fc.constant(`${key}-api`),
    mode,
    account: fc.oneof(account, fc.record({ email })),
    previousAccounts,
    formerNames: fc.constant([`${key}-old`, `${key}-older`]),
    description: fc.constant("Does what it does"),
  });
  const open = sometimes({
    public: fc.record({ reason: fc.constant("Open"), via: fc.constantFrom("allUsers", "no-invoker-check") }),
    ingress: fc.constantFrom("all", "internal"),
    invokerRole: fc.constantFrom("roles/run.invoker", "roles/run.servicesInvoker"),
    iap: fc.constantFrom("service", "load-balancer"),
    image: fc.constant("europe-docker.pkg.dev/acme/run/app:1"),
  });
  const job = fc.record({
    kind: fc.constant("job"),
    invokerRole: fc.constantFrom("roles/run.invoker", "roles/run.jobsExecutor"),
  });
  const override = sometimes({
    mode: fc.oneof(mode, fc.constant(null)),
    regions: fc.oneof(someRegions, fc.constant(null)),
    project: fc.oneof(alias, fc.constant(null)),
    name: fc.constantFrom(`${key}-other`, null),
    previousAccounts: fc.oneof(previousAccounts, fc.constant(null)),
    public: fc.constant(null),
    account: fc.constantFrom(null, {}),
    iap: fc.constant(null),
    image: fc.constant(null),
  });
  const overridden = sometimes({
    overrides: fc.dictionary(fc.constantFrom(...names), override, { minKeys: 1, maxKeys: 2 }),
  });
  return fc
    .tuple(
      base,
      fc.oneof({ weight: 4, arbitrary: open }, { weight: 1, arbitrary: job }),
      overridden,
      rarely({
        retired: date,
        planned: fc.subarray([...names], { minLength: 1 }),
        environments: fc.subarray([...names], { minLength: 1 }),
      }),
    )
    .map(([fields, more, over, rare]) => ({ ...fields, ...more, ...over, ...rare }));
}

function caller(names: readonly string[]): fc.Arbitrary<RawFields> {
  const project = fc.option(fc.constantFrom(...aliases), { nil: undefined });
  const workload = fc.oneof(
    fc.record({
      scheduler: project.map((alias) => (alias === undefined ? { job: "x" } : { project: alias, job: "x" })),
    }),
    fc.constant({ gitlab: { namespaceId: "42", project: "core" } }),
    fc.constant({ gke: { project: "pci", namespace: "risk", serviceAccount: "scorer" } }),
  );
  const account = sometimes({
    account: fc.constantFrom({ manage: "reference" }, { id: "web-sa", manage: "reference" }),
  });
  const kind: fc.Arbitrary<RawFields> = fc.oneof(
    fc.record({ user: fc.constantFrom("Ana@acme.com", "bob@acme.com") }),
    fc.record({ group: fc.constant("OnCall@acme.com") }),
    fc.record({ serviceAccount: email }),
    fc.tuple(workload, account).map(([details, written]) => ({ ...details, ...written })),
  );
  const rest = rarely({ environments: fc.subarray([...names], { minLength: 1 }) });
  return fc.tuple(kind, rest).map(([fields, more]) => ({ ...fields, ...more }));
}

const clause = (names: readonly string[]) =>
  fc.record(
    {
      reason: fc.constant("Needs it"),
      environments: fc.subarray([...names], { minLength: 1 }),
      expires: date,
      reviewed: fc.constant("2026-10-01"),
      through: fc.constant("iap" as const),
    },
    { requiredKeys: ["reason"] },
  );

const edge = (names: readonly string[]): fc.Arbitrary<RawEdge> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant("Needs it") },
    { weight: 3, arbitrary: clause(names) },
    { weight: 1, arbitrary: fc.array(clause(names), { minLength: 1, maxLength: 2 }) },
  );

/** A document without a finding that stops synth. */
export const arbitraryDocument: fc.Arbitrary<RawDocument> = frame.chain(({ environments, names }) => {
  const anyName = fc.constantFrom(...serviceKeys, ...serviceKeys, ...callerKeys, ...setKeys);
  return fc
    .record({
      services: fc.record(Object.fromEntries(serviceKeys.map((key) => [key, service(key, names)])), {
        requiredKeys: ["web", "checkout", "billing", "ledger"],
      }),
      callers: fc.record(Object.fromEntries(callerKeys.map((key) => [key, caller(names)])), { requiredKeys: [] }),
      sets: fc.array(fc.uniqueArray(anyName, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
      trust: fc.array(fc.tuple(anyName, anyName, edge(names)), { minLength: 10, maxLength: 20 }),
      defaults: sometimes({
        mode,
        ingress: fc.constant("internal"),
        account: fc.constantFrom({ id: "run-{service}" }, { id: "{service}-runs", manage: "create" }),
      }),
    })
    .map(({ services, callers, sets, trust, defaults }) => {
      const plain: RawDocument = {
        version: 1,
        terraform: { google: "~> 7.21" },
        environments,
        defaults,
        services: services as RawDocument["services"],
        callers: callers as Readonly<Record<string, RawFields>>,
      };
      return withTrust(withSets(plain, sets), trust);
    });
});
