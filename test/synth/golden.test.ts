import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { HeldStack } from "../../src/synth/output/find-removals.ts";
import { readStackFile } from "../../src/synth/output/stack-file.ts";
import { planResources } from "../../src/synth/plan/plan-resources.ts";
import { compareText } from "../../src/words/compare-text.ts";
import { readMatrix, synthesize, validate } from "./synthesize.ts";
import { themes } from "./themes.ts";

// The Terraform of each theme, as files that a person can read: fixtures/<theme>.yaml says what to look for in
// golden/<theme>/<stack>.tf.json. `npx vitest run test/synth/golden -u` writes them anew.

const golden = fileURLToPath(new URL("golden/", import.meta.url));

describe.each(themes)("$name", ({ name, text }) => {
  const stacks = synthesize(text);

  test.each([...stacks])("%s is as it was reviewed", async (stack, file) => {
    await expect(file).toMatchFileSnapshot(`golden/${name}/${stack}.tf.json`);
  });

  test("no stack of another time is left", () => {
    const folder = `${golden}${name}`;
    const there = existsSync(folder) ? readdirSync(folder).sort() : [];
    expect(there).toEqual([...stacks.keys()].map((stack) => `${stack}.tf.json`).sort());
  });

  test("what matrix diff takes the stacks to hold is what they hold", () => {
    const matrix = readMatrix(text);
    const planned = planResources(matrix, new Set(matrix.environments.map((each) => each.name)));
    const told = planned.map((stack) => heldOf(stack)).sort((a, b) => compareText(a.name, b.name));
    expect(told).toEqual([...stacks].map(([stack, file]) => heldOf(readStackFile(stack, file))));
  });

  test("nothing in it stops synth", () => {
    expect(validate(text).findings.filter(({ stopsSynth }) => stopsSynth)).toEqual([]);
  });
});

test("every golden folder has its theme", () => {
  expect(
    readdirSync(golden)
      .filter((name) => !name.startsWith("."))
      .sort(),
  ).toEqual(themes.map(({ name }) => name).sort());
});

/** What of a resource says which thing it is, with whether an account is disabled: all that is compared of two versions. */
const compared: readonly string[] = ["account_id", "disabled", "location", "name", "project"];

function heldOf(stack: HeldStack | undefined) {
  if (stack === undefined) throw new Error("not a stack of ours");
  // Guardrails are policies of projects, which no change of a matrix replaces.
  const resources = [...stack.resources].filter(([address]) => !address.startsWith("google_org_policy_policy."));
  return {
    name: stack.name,
    resources: Object.fromEntries(
      resources.map(([address, args]) => [
        address,
        Object.fromEntries(Object.entries(args).filter(([key]) => compared.includes(key))),
      ]),
    ),
    moved: Object.fromEntries(stack.moved),
    forgotten: [...stack.forgotten].sort(),
  };
}
