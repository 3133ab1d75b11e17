import * as fc from "fast-check";
import { expect, test } from "vitest";
import { evaluateAccess } from "../../src/access/evaluate-access.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { arbitraryWorld } from "./arbitrary-worlds.ts";
import { lineOf } from "./example.ts";
import { examples } from "./examples.ts";
import { naiveAccess, type PlainAccess } from "./naive/naive-access.ts";
import { linesOfGaps, linesOfOddGrants, plainAccess } from "./plain-access.ts";
import { NOON } from "./tiny-world.ts";

// The evaluator of src against one that was written from the same texts without a look at it. MATRIX_RUNS and
// MATRIX_SEED make the search long.

const RUNS = Number(process.env.MATRIX_RUNS ?? 220);
const SEED = Number(process.env.MATRIX_SEED ?? 20261122);
const timeout = 60_000 + RUNS * 200;

test.each(examples)("$name", ({ snapshot, rows, odd, unread }) => {
  const access = plainAccess(evaluateAccess(snapshot, { asOf: NOON, indirect: "all" }));
  expect(access.rows.map(lineOf).toSorted()).toEqual(rows.toSorted());
  if (odd !== undefined) expect(linesOfOddGrants(access)).toEqual(odd.toSorted());
  if (unread !== undefined) expect(linesOfGaps(access)).toEqual(unread.toSorted());
});

test("both say the same of who can invoke, what is odd and what was not read", { timeout }, () => {
  agree("none", RUNS, ["direct allowed", "direct conditional", "direct unknown", "direct denied", "iap allowed"]);
});

// Chains cost the naive one most of its time.
test("both say the same of who can come to invoke", { timeout }, () => {
  agree("all", Math.ceil(RUNS / 8), ["indirect allowed", "indirect conditional", "indirect unknown"]);
});

function agree(indirect: "all" | "none", numRuns: number, kinds: readonly string[]): void {
  const seen = new Map<string, number>();
  const property = fc.property(arbitraryWorld, (snapshot) => {
    const naive = naiveAccess(snapshot, NOON, indirect);
    for (const { ring, verdict } of naive.rows) {
      const kind = `${ring} ${verdict}`;
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
    }
    const differences = differencesIn(snapshot, naive, indirect);
    if (differences.length > 0) throw new Error(`naive (-) and src (+) disagree:\n${differences.join("\n")}`);
  });
  fc.assert(property, { numRuns, seed: SEED });
  // The generator must not hide behind worlds in which nothing happens.
  for (const kind of kinds) expect(seen.get(kind) ?? 0, kind).toBeGreaterThan(numRuns / 20);
}

function differencesIn(snapshot: Snapshot, naive: PlainAccess, indirect: "all" | "none"): string[] {
  const fast = plainAccess(evaluateAccess(snapshot, { asOf: NOON, indirect }));
  return (["services", "rows", "oddGrants", "unread"] as const).flatMap((part) => {
    const left = linesOf(naive, part);
    const right = linesOf(fast, part);
    return [
      ...left.filter((each) => !right.includes(each)).map((each) => `- ${part} ${each}`),
      ...right.filter((each) => !left.includes(each)).map((each) => `+ ${part} ${each}`),
      ...(new Set(right).size < right.length ? [`+ ${part} that come twice`] : []),
    ];
  });
}

/** No text says which services hang on the record of an account, so that it is compared without them. */
function linesOf(access: PlainAccess, part: keyof PlainAccess): string[] {
  if (part !== "unread") return access[part].map((each) => JSON.stringify(each, null, 1));
  return access.unread.map(({ what, resource, services }) => {
    const isOfAccount = what === "service account" || what === "IAM policy of the account";
    return JSON.stringify({ what, resource, services: isOfAccount ? [] : services }, null, 1);
  });
}
