import { expect, test } from "vitest";
import { checkSection, codeownersSection, type OwnedPath } from "../../src/report/codeowners/codeowners-section.ts";
import { codeownersName, codeownersPattern } from "../../src/report/codeowners/codeowners-text.ts";

const of = (path: string, ...owners: readonly (readonly [string, string | undefined])[]): OwnedPath => ({
  path,
  file: path,
  because: "own services",
  owners: owners.map(([owner, github]) => ({ owner, github })),
});

test("a pattern means one file, or there is none", () => {
  expect(codeownersPattern("infra/teams a/b.yaml")).toBe("/infra/teams\\ a/b.yaml");
  expect(codeownersPattern("infra/zürich.yaml")).toBe("/infra/zürich.yaml");
  for (const character of [
    "#",
    "!",
    "[",
    "]",
    "*",
    "?",
    "\\",
    "\t",
    "\n",
    "\r",
    "\u00a0",
    "\u202e",
    "\u3000",
    "\u0000",
  ])
    expect(codeownersPattern(`infra/a${character}b.yaml`)).toBeUndefined();
});

test("only names of GitHub are written as such", () => {
  expect(codeownersName("@acme/payments")).toBe("@acme/payments");
  for (const text of ["@acme/a @evil", "@acme/a\n* @evil", "acme", "a@b.example", "@", undefined])
    expect(codeownersName(text)).toBeUndefined();
});

test("a hostile path stays in its comment", () => {
  const section = codeownersSection([of("a\n* @evil\u202e.yaml", ["team-a", "@acme/a"])]);
  expect(section.split("\n").filter((line) => !line.startsWith("#"))).toEqual([""]);
});

test("who has no name on GitHub is said, beside those who have and instead of them", () => {
  const section = codeownersSection([
    of("both.yaml", ["team-a", "@acme/a"], ["team-b", undefined], ["team-c", "@acme/a"]),
    of("none.yaml", ["team-b", undefined], ["team-d", undefined]),
    of("nobody.yaml"),
  ]);
  expect(section.split("\n").slice(3, -2)).toEqual([
    "# both.yaml: team-b has no github, but does own services",
    "/both.yaml @acme/a",
    "# not covered: none.yaml: team-b and team-d have no github",
    "# not covered: nobody.yaml: no owner of a service, no approver of a rule",
  ]);
});

test("a CODEOWNERS file holds the section once, as it is, with nothing after it that counts", () => {
  const section = codeownersSection([of("a.yaml", ["team-a", "@acme/a"])]);
  expect(checkSection(`* @acme/all\n\n${section}`, section)).toBeUndefined();
  expect(checkSection(`${section}\n# the end\n`.replaceAll("\n", "\r\n"), section)).toBeUndefined();
  expect(checkSection("* @acme/all\n", section)).toContain("lacks");
  expect(checkSection(section + section, section)).toContain("more than once");
  expect(checkSection(section.replace("@acme/a", "@acme/a @evil"), section)).toContain("differs");
  expect(checkSection(`${section}*.yaml @evil\n`, section)).toContain("after the section");
});
