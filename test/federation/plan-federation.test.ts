import { describe, expect, test } from "vitest";
import type { Outside, PooledOutside } from "../../src/callers/outside.ts";
import type { Federation } from "../../src/federation/federation.ts";
import { PROVIDER_LIMITS } from "../../src/federation/pack-providers.ts";
import { planFederation } from "../../src/federation/plan-federation.ts";
import { readMatrix } from "../synth/synthesize.ts";

// Pools and providers from wishes made by hand, so that limits are reached exactly. What the kinds wish for is theirs.

type Wish = Partial<Omit<PooledOutside, "kind" | "pool">> & { readonly pool?: Partial<PooledOutside["pool"]> };

/** A plan for callers whose wishes are given; each calls, unless it is said to be idle. */
function plan(
  wishes: Readonly<Record<string, Wish>>,
  { environment = "prod", idle = [] }: { environment?: string; idle?: readonly string[] } = {},
): Federation {
  const keys = Object.keys(wishes);
  const world = readMatrix(`
version: 1
environments: { ${environment}: { project: acme-prod, number: "111111111111", regions: [europe-west1] } }
services: { api: { ingress: all } }
callers:
${keys.map((key) => `  ${key}: { scheduler: {} }`).join("\n")}
trust: { ${keys.flatMap((key) => (idle.includes(key) ? [] : [`${key} -> api: Calls`])).join(", ")} }
`).worlds[0];
  if (world === undefined) throw new Error("no world");
  return planFederation(world, ({ key }): Outside => outside(wishes[key] ?? {}));
}

function outside({ pool, ...rest }: Wish): PooledOutside {
  return {
    kind: "pooled",
    pool: { family: "oidc", apart: [], provider: "", title: "Test", existing: undefined, ...pool },
    trust: { type: "oidc", issuer: "https://id.example", audiences: [], jwks: undefined },
    admits: "assertion.sub == 'x'",
    subject: "assertion.sub",
    match: { by: "subject", value: "x" },
    ...rest,
  };
}

const attribute = (name: string, expression = "assertion.x"): PooledOutside["match"] => ({
  by: "attribute",
  name,
  expression,
  value: "v",
});
const idsOf = ({ pools }: Federation): readonly string[] =>
  pools.flatMap(({ id, providers }) => providers.map((provider) => `${id}/${provider.id}`));
const numbered = <T>(count: number, of: (at: number) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`c${String(at).padStart(3, "0")}`, of(at)]));
const providersOf = (federation: Federation) => federation.pools.flatMap(({ providers }) => providers);

describe("ids", () => {
  const aws = { pool: { family: "aws", provider: "123456789012" } };

  test("a pool is of its environment and family, and of what keeps the family apart", () => {
    expect(idsOf(plan({ a: { pool: { family: "github" } }, b: aws }))).toEqual([
      "matrix-prod-aws/aws-123456789012",
      "matrix-prod-github/github",
    ]);
    const [one, other] = plan({
      a: { pool: { apart: ["i"] } },
      b: { pool: { apart: ["j"] } },
      c: { pool: { apart: ["i"] } },
    }).pools;
    expect(one?.id).toMatch(/^matrix-prod-oidc-[0-9a-v]{10}$/);
    expect(other?.id).not.toBe(one?.id);
    expect([one, other].flatMap((pool) => pool?.providers.map(({ callers }) => callers)).toSorted()).toEqual([
      ["a", "c"],
      ["b"],
    ]);
  });

  test("where texts are split keeps apart", () => {
    expect(plan({ a: { pool: { apart: ["ij", ""] } }, b: { pool: { apart: ["i", "j"] } } }).pools).toHaveLength(2);
  });

  test("long names of environments give way to a hash, and no two meet", () => {
    const names = ["a".repeat(49), "a".repeat(48), "production", "prod"];
    const ids = names.flatMap(
      (environment) =>
        plan(
          {
            a: { pool: { apart: ["i"] } },
            b: { pool: { family: "github" } },
            c: aws,
            d: { pool: { existing: { pool: "shared", provider: undefined } } },
          },
          { environment },
        ).pools,
    );
    const made = ids.filter(({ origin }) => origin === "made").map(({ id }) => id);
    expect(new Set(made).size).toBe(made.length);
    for (const id of [...made, ...ids.flatMap(({ providers }) => providers.map((each) => each.id))])
      expect(id).toMatch(/^(?!gcp-)[a-z0-9-]{4,32}$/);
  });
});

describe("packing", () => {
  const pool = { family: "github" };

  test("equal clauses are said once, and one alone needs no parentheses", () => {
    const [provider] = providersOf(plan({ a: { pool }, b: { pool } }));
    expect(provider?.condition).toBe("assertion.sub == 'x'");
    expect(providersOf(plan({ a: { pool, admits: "q" }, b: { pool, admits: "p" } }))[0]?.condition).toBe("(p) || (q)");
  });

  test("a condition is full at 4,096 characters", () => {
    // Two clauses of 2,044 with (…) || (…) are 4,096.
    const clauses = (length: number) => numbered(2, (at) => ({ pool, admits: String(at).repeat(length) }));
    expect(providersOf(plan(clauses(2044))).map(({ condition }) => condition.length)).toEqual([
      PROVIDER_LIMITS.condition,
    ]);
    expect(idsOf(plan(clauses(2045)))).toEqual(["matrix-prod-github/github", "matrix-prod-github/github-2"]);
  });

  test("a mapping is full at 50 attributes", () => {
    const wishes = (count: number) => numbered(count, (at) => ({ pool, match: attribute(`a${at}`) }));
    expect(providersOf(plan(wishes(50))).map(({ mapping }) => mapping.size)).toEqual([51]);
    expect(providersOf(plan(wishes(51))).map(({ mapping }) => mapping.size)).toEqual([51, 2]);
  });

  test("a mapping is full at 8 KB", () => {
    const subject = "google.subjectassertion.sub".length;
    const wishes = (over: number) =>
      numbered(4, (at) => ({
        pool,
        match: attribute(`a${at}`, "x".repeat(2048 - "attribute.a0".length - (at === 3 ? subject - over : 0))),
      }));
    expect(providersOf(plan(wishes(0)))).toHaveLength(1);
    expect(providersOf(plan(wishes(1))).map(({ callers }) => callers.length)).toEqual([3, 1]);
  });

  test("everybody is in exactly one provider, which admits them and maps what they are known by", () => {
    const wishes = numbered(300, (at) => ({
      pool,
      admits: `assertion.owner == '${at}${"0".repeat(at % 97)}'`,
      match: attribute(`a${at % 120}`, `assertion.x${at % 120}`),
    }));
    const federation = plan(wishes);
    expect(federation.impersonations).toHaveLength(300);
    expect(
      providersOf(federation)
        .flatMap(({ callers }) => callers)
        .toSorted(),
    ).toEqual(Object.keys(wishes));
    for (const { caller, by } of federation.impersonations) {
      if (by.kind === "known") throw new Error("everybody is pooled");
      const { admits, match } = wishes[caller] ?? {};
      expect(by.provider.callers).toContain(caller);
      expect(by.provider.condition.split(" || ")).toContain(`(${admits})`);
      if (match?.by === "attribute") expect(by.provider.mapping.get(`attribute.${match.name}`)).toBe(match.expression);
    }
    for (const { condition, mapping } of providersOf(federation)) {
      expect(condition.length).toBeLessThanOrEqual(4096);
      expect(mapping.size).toBeLessThanOrEqual(51);
    }
  });

  test("what alone is too much has a provider of its own", () => {
    const huge = { pool, admits: "x".repeat(5000) };
    expect(providersOf(plan({ a: { pool }, b: huge, c: { pool } })).map(({ callers }) => callers)).toEqual([
      ["a"],
      ["b"],
      ["c"],
    ]);
  });

  test("the order in which callers stand changes nothing", () => {
    const wishes = numbered(60, (at) => ({ pool, match: attribute(`a${at}`), admits: `a${at % 7}` }));
    expect(plan(Object.fromEntries(Object.entries(wishes).reverse()))).toEqual(plan(wishes));
  });
});

describe("disabled", () => {
  test("a provider is when none of its callers calls, a pool when none of its providers is in use", () => {
    const wishes = {
      a: { pool: { family: "aws", provider: "111111111111" } },
      b: { pool: { family: "aws", provider: "222222222222" } },
    };
    const states = (idle: readonly string[]) =>
      plan(wishes, { idle }).pools.map(({ disabled, providers }) => [
        disabled,
        ...providers.map((each) => each.disabled),
      ]);
    expect(states([])).toEqual([[false, false, false]]);
    expect(states(["b"])).toEqual([[false, false, true]]);
    expect(states(["a", "b"])).toEqual([[true, true, true]]);
  });
});

describe("what was there before", () => {
  test("a pool that is named gets a provider of our own for each issuer", () => {
    const existing = { pool: "partners", provider: undefined };
    const { pools } = plan({ a: { pool: { apart: ["i"], existing } }, b: { pool: { apart: ["j"], existing } } });
    expect(pools.map(({ id, origin, disabled }) => ({ id, origin, disabled }))).toEqual([
      { id: "partners", origin: "named", disabled: false },
    ]);
    const ids = pools[0]?.providers.map(({ id, origin }) => `${origin} ${id}`) ?? [];
    expect(ids).toHaveLength(2);
    for (const id of ids) expect(id).toMatch(/^made matrix-prod-oidc-[0-9a-v]{10}$/);
  });

  test("a provider that is named is left as it is, whoever calls", () => {
    const existing = { pool: "partners", provider: "idp" };
    const [pool] = plan({ a: { pool: { existing } }, b: { pool: { existing } } }, { idle: ["a", "b"] }).pools;
    expect(pool?.providers).toMatchObject([
      { id: "idp", origin: "named", disabled: false, condition: "", mapping: new Map(), callers: ["a", "b"] },
    ]);
  });
});
