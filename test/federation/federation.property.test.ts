import * as fc from "fast-check";
import { expect, test } from "vitest";
import { TODAY, validate } from "../synth/synthesize.ts";
import { accountsOf, reachOf, take } from "./admit.ts";
import { arbitraryOutside, KEY_FILES } from "./arbitrary-outside.ts";
import { type Case, casesOf } from "./cases.ts";
import { expectedAccounts, expectedTargets, type Meant } from "./expected.ts";
import type { OutsideToken } from "./token.ts";
import { changesOf, tokenOf } from "./tokens.ts";

// The other thing that must be true: who outside may act as whom and call what according to the Terraform, is who may
// according to the matrix. Both sides are worked out here, without the code of src/.

const SEED = 20261122;
/** So many small matrices a document: each is an environment with pools, callers and services of its own. */
const SIZE = 10;
/** So many documents; a matrix takes some milliseconds. FEDERATION_RUNS=200 makes two thousand. */
const RUNS = Number(process.env["FEDERATION_RUNS"] ?? 100);

test("nothing stops the documents of these tests", () => {
  for (const document of fc.sample(arbitraryOutside(SIZE), { numRuns: 2, seed: SEED })) {
    // In lines: findings show the line that they are about.
    const { findings } = validate({ "matrix.yaml": JSON.stringify(document, null, 1), ...KEY_FILES }, TODAY);
    expect(findings.filter(({ stopsSynth }) => stopsSynth).map(({ message }) => message)).toEqual([]);
  }
});

test("the Terraform lets in exactly whom outside the matrix names", { timeout: 240_000 }, () => {
  let [matrices, calls, changes] = [0, 0, 0];
  fc.assert(
    fc.property(arbitraryOutside(SIZE), (document) => {
      for (const each of casesOf(document)) {
        matrices += 1;
        for (const [index, token] of tokensOf(each.meant).entries()) {
          const emails = compare(each, token, "the token of a caller");
          const reach = reachOf(each.declared, token);
          expect(reach).toEqual(expectedTargets(each.meant, emails));
          calls += reach.length;
          // Some of what might get in beside it: all of it is in the next test.
          if ((matrices + index) % 10 > 0) continue;
          for (const change of changesOf(token).filter((_, at) => at % 10 === matrices % 9)) {
            changes += 1;
            compare(each, change.token, change.name);
          }
        }
      }
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: true },
  );
  // The generator must not hide behind matrices that let nobody in.
  expect(matrices).toBe(RUNS * SIZE);
  expect(calls).toBeGreaterThan(2 * matrices);
  expect(changes).toBeGreaterThan(5 * matrices);
});

test("whoever differs in one thing is not let in", () => {
  let changes = 0;
  fc.assert(
    fc.property(arbitraryOutside(SIZE), (document) => {
      for (const each of casesOf(document))
        for (const token of tokensOf(each.meant))
          for (const change of changesOf(token)) {
            changes += 1;
            compare(each, change.token, change.name);
          }
    }),
    { numRuns: 4, seed: SEED + 1, endOnFailure: true },
  );
  expect(changes).toBeGreaterThan(30_000);
});

test("the condition of a provider alone admits no other account, owner, namespace or issuer", () => {
  let strangers = 0;
  for (const document of fc.sample(arbitraryOutside(SIZE), { numRuns: 4, seed: SEED + 2 })) {
    for (const { meant, declared } of casesOf(document)) {
      const made = declared.providers.filter(({ address }) => address !== "(elsewhere)");
      expect(made.filter(({ condition = "" }) => condition.trim() === "")).toEqual([]);
      const trusted = new Set(tokensOf(meant).map(rootOf));
      for (const token of tokensOf(meant))
        for (const { name, token: changed } of changesOf(token)) {
          if (trusted.has(rootOf(changed))) continue;
          strangers += 1;
          const open = made.filter((provider) => take(provider, changed) !== undefined);
          expect(open, `${name} ${JSON.stringify(changed)}`).toEqual([]);
        }
    }
  }
  expect(strangers).toBeGreaterThan(3000);
});

/** What a provider must pin: the issuer, and whoever there is the tenant. */
function rootOf(token: OutsideToken): string {
  switch (token.kind) {
    case "pod":
      return `pod ${token.project} ${token.namespace} ${token.account}`;
    case "aws":
      return `aws ${token.account} ${/^arn:aws:sts::(\d+):/.exec(token.arn)?.[1] ?? "nobody's"}`;
    case "oidc": {
      const { repository_owner_id: owner, namespace_id: namespace } = token.claims;
      return `${token.issuer} ${String(token.keys)} ${String(owner)} ${String(namespace)}`;
    }
  }
}

function tokensOf({ callers }: Meant): readonly OutsideToken[] {
  return callers.flatMap(({ fields, standing }) => tokenOf(fields, standing) ?? []);
}

/** What the Terraform says of a token must be what the matrix says; the accounts that it may act as. */
function compare({ meant, declared }: Case, token: OutsideToken, what: string): readonly string[] {
  const found = accountsOf(declared, token);
  const { must, can } = expectedAccounts(meant, token);
  const beyond = found.filter((email) => !can.has(email));
  // What its issuer never writes, as a token without a repository or with an empty subject, may be refused altogether.
  const isOdd = / (?:dropped|as a list|empty|shifted)$/.test(what) && what !== "environment dropped";
  const missing = isOdd ? [] : [...must].filter((email) => !found.includes(email));
  if (beyond.length === 0 && missing.length === 0) return found;
  throw new Error(
    [
      `${meant.name}: ${what} ${JSON.stringify(token)}`,
      `lets in beyond the matrix: ${beyond.join()}; keeps out: ${missing.join()}`,
      ...meant.callers.map(({ key, email, fields }) => `${key} (${email}) ${JSON.stringify(fields)}`),
      ...declared.providers.map((provider) => JSON.stringify(provider)),
      ...declared.grants
        .filter(({ on }) => on.kind === "account")
        .map(({ on, member }) => `${member} may be ${on.name}`),
    ].join("\n"),
  );
}
