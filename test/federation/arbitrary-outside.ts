import * as fc from "fast-check";
import type { RawDocument, RawEdge, RawEnvironment, RawFields } from "../synth/document.ts";

// Documents of many small environments: each is a matrix of its own, with pools, callers and services that no other
// has. Values are few, alike and full of delimiters, so that callers meet in pools and almost name each other.

export const KEY_FILES: Readonly<Record<string, string>> = {
  "keys/one.jwks.json": JSON.stringify({ keys: [{ kty: "RSA", kid: "one", n: "AQAB", e: "AQAB" }] }, null, 2),
  "keys/two.jwks.json": JSON.stringify({ keys: [{ kty: "RSA", kid: "two", n: "AQAB", e: "AQAB" }] }),
};

/** What other people's providers in a pool that is there already are called. */
export const EXISTING = { pool: "acme-pool", provider: "acme-oidc", issuer: "https://there.acme.example" } as const;

const from = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 1 });
const alias = maybe(from("core", "far"));

const branch = from("main", "main2", "mai", "release/1", "a:b", "a|b:c", "b", "heads/main", "Main", "it's");
const tag = from("main", "v1", "v1.0", "v1:0");
const place = from("production", "prod:eu", "prod|eu", "prod", "eu", "it's \\ é", "Prod");
const numbers = from("1", "11", "12", "2", "21", "112");
const repository = from("acme/a", "acme/ab", "acme/a.b", "acm/ea", "acme/A");

/** A branch or a tag, or neither. */
const ref = fc.oneof(fc.record({ branch }), fc.record({ tag }), fc.constant({})) as fc.Arbitrary<{
  branch?: string;
  tag?: string;
}>;

const gke = fc.record({
  project: alias,
  namespace: from("risk", "risk2", "ris"),
  serviceAccount: from("scorer", "score", "risk"),
});
const aws = fc.record({
  project: alias,
  account: from("111111111111", "111111111112", "211111111111"),
  role: from("a", "ab", "A", "a-b", "a.b", "a@b", "a=b", "b"),
});
const github = fc
  .tuple(
    fc.record({
      project: alias,
      ownerId: numbers,
      repository,
      repositoryId: maybe(numbers),
      environment: maybe(place),
      workflow: maybe(from(".github/workflows/x.yml", ".github/workflows/xy.yml", ".github/workflows/x:y.yml")),
    }),
    ref,
  )
  .map(([details, where]) => ({ ...details, ...where }));
const gitlab = fc
  .tuple(
    fc.record({
      issuer: maybe(from("https://gitlab.acme.example", "https://gitlab.acme.example:8443")),
      audience: maybe(from("m", "m2")),
      namespaceId: numbers,
      project: repository,
      projectId: maybe(numbers),
      environment: maybe(place),
    }),
    ref,
  )
  .map(([details, where]) => ({ ...details, ...where }));

/** Numbers and booleans alone say of nobody who it is. A claim has one type at one issuer. */
const claims = fc
  .tuple(
    fc.dictionary(
      from("team", "stage", "a-b", "https://acme.example/x", "in", "tenant_id"),
      from("a", "a:b", "b", "ab", "a|b", "it's", "\\", "é", "${x}", "A"),
      { minKeys: 1, maxKeys: 3 },
    ),
    fc.record({ level: from(5, 6), beta: fc.boolean() }, { requiredKeys: [] }),
  )
  .map(([texts, others]) => ({ ...texts, ...others }));
const subject = from("s", "s2", "a:b", "s/t", "it's", "S", "s s", "é", "${s}");
const whose = { project: alias, audience: maybe(from("m", "m2")) };
const keysOf = from(...Object.keys(KEY_FILES));
const generic = {
  ...whose,
  issuer: from("https://one.acme.example", "https://one.acme.example/x"),
  jwks: maybe(keysOf),
  pool: fc.option(fc.constant(EXISTING.pool), { nil: undefined, freq: 1 }),
};
const oidc = fc.oneof(
  fc.record({ ...generic, subject }),
  fc.record({ ...generic, claims }),
  fc.record({ ...generic, subject, claims }),
  fc.record({
    project: alias,
    issuer: fc.constant(EXISTING.issuer),
    subject,
    pool: fc.constant(EXISTING.pool),
    provider: fc.constant(EXISTING.provider),
  }),
);
const spiffe = fc.record({
  ...generic,
  trustDomain: from("acme.internal", "acme.internal2", "acme"),
  path: from("/a", "/a/b", "/ab", "/ns/risk/sa/scorer", "/A"),
});

const caller = (key: string, first: string): fc.Arbitrary<RawFields> =>
  fc
    .tuple(
      fc.oneof(
        fc.record({ gke }),
        { weight: 2, arbitrary: fc.record({ aws }) },
        { weight: 4, arbitrary: fc.record({ github }) },
        { weight: 2, arbitrary: fc.record({ gitlab }) },
        { weight: 3, arbitrary: fc.record({ oidc }) },
        { weight: 2, arbitrary: fc.record({ spiffe }) },
        fc.record({ workflows: fc.record({ project: alias }) }),
      ),
      fc.oneof(
        { weight: 6, arbitrary: fc.constant(undefined) },
        // The account of another caller of the environment, or one that lives elsewhere.
        { weight: 1, arbitrary: fc.constant(key === first ? undefined : { id: `${first}-sa`, manage: "reference" }) },
        { weight: 1, arbitrary: fc.constant({ email: `shared@acme-elsewhere.iam.gserviceaccount.com` }) },
      ),
    )
    .map(([kind, account]) => plain({ ...kind, ...(account === undefined ? {} : { account }) }));

/** Without what is not written. */
function plain(value: unknown): RawFields {
  return JSON.parse(JSON.stringify(value)) as RawFields;
}

const edge: fc.Arbitrary<RawEdge> = fc.oneof(
  { weight: 6, arbitrary: fc.constant("Needs it") },
  { weight: 1, arbitrary: fc.constant({ reason: "Needed it", expires: "2026-11-21" }) },
  { weight: 1, arbitrary: fc.constant({ reason: "Needs it", expires: "2027-01-31" }) },
  { weight: 1, arbitrary: fc.constant({ reason: "Works there", through: "iap" as const }) },
);

interface Part {
  readonly environment: RawEnvironment;
  readonly services: Readonly<Record<string, RawFields>>;
  readonly callers: Readonly<Record<string, RawFields>>;
  readonly trust: Readonly<Record<string, RawEdge>>;
}

function part(name: string, at: number): fc.Arbitrary<Part> {
  const only = { environments: [name] };
  const number = (index: number): string => `${1000 + at}${index}`;
  const keys = [0, 1, 2, 3, 4].map((index) => `c${at}-${index}`);
  const [first = ""] = keys;
  return fc
    .record({
      // Stacks cost time; one in four has two.
      apart: from(true, false, false, false),
      modes: fc.array(from("enforce", "enforce", "add", "observe"), { minLength: 2, maxLength: 2 }),
      callers: fc.tuple(...keys.map((key) => caller(key, first))),
      edges: fc.array(fc.tuple(from(...keys), from("a", "b", "p"), edge), { minLength: 3, maxLength: 8 }),
    })
    .map(({ apart, modes, callers, edges }) => ({
      environment: {
        regions: ["europe-west1"],
        projects: {
          core: { id: `acme-core-${at}`, number: number(0) },
          far: { id: `acme-far-${at}`, number: number(1), ...(apart ? { stack: `${name}-far` } : {}) },
        },
      },
      services: {
        [`a${at}`]: { ...only, mode: modes[0] ?? "" },
        [`b${at}`]: { ...only, mode: modes[1] ?? "", project: "far", kind: "job" },
        [`p${at}`]: { ...only, iap: "service" },
      },
      callers: Object.fromEntries(keys.map((key, index) => [key, { ...only, ...callers[index] }])),
      trust: Object.fromEntries(
        edges.map(([who, to, value]) => {
          const isThrough = typeof value === "object" && "through" in value;
          return [`${who} -> ${isThrough ? "p" : to}${at}`, value];
        }),
      ),
    }));
}

/** A document of so many small matrices. */
export function arbitraryOutside(size: number): fc.Arbitrary<RawDocument> {
  // Long names of environments: ids of pools must stay apart when they are cut.
  const names = Array.from({ length: size }, (_, at) =>
    at % 5 === 0 ? `a-very-long-name-of-a-place-${at}` : `e${at}`,
  );
  return fc.tuple(...names.map(part)).map((parts) => ({
    version: 1,
    environments: Object.fromEntries(parts.map(({ environment }, at) => [names[at] ?? "", environment])),
    services: Object.assign({}, ...parts.map(({ services }) => services)) as RawDocument["services"],
    callers: Object.assign({}, ...parts.map(({ callers }) => callers)) as RawDocument["services"],
    trust: Object.assign({}, ...parts.map(({ trust }) => trust)) as Readonly<Record<string, RawEdge>>,
  }));
}
