import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { synthesize, validate } from "./synthesize.ts";
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
