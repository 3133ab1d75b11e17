import * as fc from "fast-check";
import { expect, test } from "vitest";
import { accountIdFor } from "../../src/matrix/model/account-id.ts";
import { resourcesOf } from "./stack-json.ts";
import { synthesizeOne, validate } from "./synthesize.ts";

// An account id is made from a service's name and the template. Google takes 6 to 30 characters (RFC 1035), and an
// account cannot be renamed: whatever the name is, the id must be right the first time, and stay.

const SEED = 20261122;
const VALID = /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/;
const RESERVED = new Set(["internet", "any", "all", "not"]);

/** Names as the schema allows them, many of them long and alike. */
const anyName = fc
  .oneof(
    fc.stringMatching(/^[a-z]([a-z0-9-]{0,47}[a-z0-9])?$/),
    fc.stringMatching(/^[a-z][a-z0-9]?$/),
    fc.stringMatching(/^recommendations-for-returning-customers-[a-z0-9]{1,9}$/),
    fc.stringMatching(/^a-{10,46}[a-c]$/),
  )
  .filter((name) => name.length <= 49 && !RESERVED.has(name));

/** Templates as the schema allows them. */
const anyTemplate = fc.oneof(
  fc.constantFrom("{service}-sa", "{service}", "run-{service}", "{service}-", "a{service}b"),
  fc
    .tuple(fc.stringMatching(/^([a-z][a-z0-9-]{0,19})?$/), fc.stringMatching(/^[a-z0-9-]{0,20}$/))
    .map(([before, after]) => `${before}{service}${after}`),
);

test("every id is one that Google takes", () => {
  fc.assert(
    fc.property(anyName, anyTemplate, (name, template) => {
      expect(accountIdFor(name, template)).toMatch(VALID);
    }),
    { numRuns: 2000, seed: SEED },
  );
});

test("two names never have one id", () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyName, { minLength: 2, maxLength: 60 }), anyTemplate, (names, template) => {
      expect(new Set(names.map((name) => accountIdFor(name, template))).size).toBe(names.length);
    }),
    { numRuns: 300, seed: SEED },
  );
});

test("an id is the filled template where that fits, and begins like it where it does not", () => {
  fc.assert(
    fc.property(anyName, anyTemplate, (name, template) => {
      const filled = template.replace("{service}", name);
      const id = accountIdFor(name, template);
      if (VALID.test(filled)) expect(id).toBe(filled);
      else {
        const [, readable = ""] = /^(.*)-[0-9a-v]{8}$/.exec(id) ?? [];
        expect(readable).not.toBe("");
        expect(filled.startsWith(readable)).toBe(true);
        // As much of it as there is room for, but for hyphens at the cut.
        expect(filled.slice(readable.length, 21)).toMatch(/^-*$/);
      }
    }),
    { numRuns: 1000, seed: SEED },
  );
});

test("an id is a function of name and template: neighbours, environments and order have no say", () => {
  const idsOf = (names: readonly string[], template: string): ReadonlyMap<string, unknown> => {
    const stack = synthesizeOne(
      JSON.stringify({
        version: 1,
        environments: { prod: { project: "acme-prod", regions: ["europe-west1"] } },
        defaults: { account: { id: template } },
        services: Object.fromEntries(names.map((name) => [name, {}])),
      }),
    );
    const accounts = resourcesOf(stack).filter(({ type }) => type === "google_service_account");
    return new Map(accounts.map(({ name, args }) => [name, args["account_id"]]));
  };
  fc.assert(
    fc.property(fc.uniqueArray(anyName, { minLength: 1, maxLength: 6 }), anyTemplate, (names, template) => {
      const ids = idsOf(names, template);
      for (const name of names) {
        expect(ids.get(name)).toBe(accountIdFor(name, template));
        expect(idsOf([name], template).get(name)).toBe(ids.get(name));
      }
    }),
    { numRuns: 30, seed: SEED },
  );
});

test("ids that are known stay as they are", () => {
  // Accounts of people who use this exist under these ids: a change of the hash would make new ones.
  expect(accountIdFor("checkout", "{service}-sa")).toBe("checkout-sa");
  expect(accountIdFor("fx", "{service}-sa")).toBe("fx-sa-prv2491c");
  expect(accountIdFor("recommendations-for-returning-customers", "{service}-sa")).toBe(
    "recommendations-for-r-vbotcla4",
  );
});

test("a name that is made to look like the id of another is an error", () => {
  const long = "recommendations-for-returning-customers";
  const { findings } = validate(
    JSON.stringify({
      version: 1,
      environments: { prod: { project: "acme-prod", regions: ["europe-west1"] } },
      defaults: { account: { id: "{service}" } },
      services: { [long]: {}, [accountIdFor(long, "{service}")]: {} },
    }),
  );
  expect(findings.filter(({ stopsSynth }) => stopsSynth).map(({ rule }) => rule)).toContain("account-collision");
});
