import { expect, test } from "vitest";
import { adoptingFiles } from "./adopting-fleet.ts";
import { adoptingScenes } from "./adopting-scenes.ts";
import { applyDiff } from "./apply-diff.ts";
import { readPage } from "./markdown.ts";

// What the commands of the page print is played by examples.test.ts. Here is what the story must not lose when it is
// written down again.

const { blocks, text } = readPage("docs/adopting.md");
const printed = blocks.filter(({ language }) => language === "console").map((block) => block.text);

test("the fleet gets from what was found to the end without a break", () => {
  const milestones = [
    "prod: 30 services, 30 of them to be imported as they are",
    "no drift: 30 services",
    "4 accounts, 30 rows, 40 members, 34 imports",
    "- user:dana@acme.example",
    "error[undeclared-caller]: user:dana@acme.example may call search",
    "prod: 4 to move",
    "all 15 places that it calls let refunds-sa@acme-prod.iam.gserviceaccount.com in",
    "prod: 4 moved",
    "23 credentials in 23 places",
    "23 → 10 of the baseline",
    "23 → 0 of the baseline",
    "prod: 28 moved",
    "left out of prod: the previous account backend@acme-prod.iam.gserviceaccount.com of orders",
    "error[expired-previous-account]",
    "no drift: 30 services",
  ];
  const all = printed.join("");
  let at = -1;
  const missing = milestones.filter((each) => {
    const found = all.indexOf(each, at + 1);
    if (found !== -1) at = found;
    return found === -1;
  });
  expect(missing).toEqual([]);
});

test("between the steps, drift has nothing that fails but what the page is about", () => {
  const quiet = printed.join("").matchAll(/^\$ matrix drift .*--snapshot (\S+) --quiet\n((?:(?!\$ ).*\n)*)/gm);
  const told = Object.fromEntries([...quiet].map(([, snapshot = "", output = ""]) => [snapshot, output]));
  expect(told).toEqual({
    "noon.snapshot.json":
      "prod: error[undeclared-caller]: user:dana@acme.example may call search, and no edge says so\n",
    "tuesday.snapshot.json": "",
    "wednesday.snapshot.json": "",
    "january.snapshot.json": "",
  });
});

test("every snapshot and every scene of the fleet is on the page", () => {
  for (const name of [...adoptingFiles.keys(), ...adoptingScenes.keys()]) expect(text).toContain(name);
});

test("a diff changes what it shows, and nothing that is not there once", () => {
  expect(applyDiff("a\nb\nc\n", " a\n-b\n+x\n+y\n\n-c\n")).toBe("a\nx\ny\n");
  expect(() => applyDiff("a\na\n", "-a\n+b\n")).toThrow("2 times");
  expect(() => applyDiff("a\n", "-z\n")).toThrow("0 times");
});
