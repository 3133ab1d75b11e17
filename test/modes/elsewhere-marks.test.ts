import { expect, test } from "vitest";
import { modesFormats } from "../../src/report/modes/formats.ts";
import { matrix } from "../drift/cases/drift-case.ts";
import { modesOf, only } from "./modes-of.ts";

test("what another state manages is told, whatever stands under the key", () => {
  const text = matrix(`
services:
  a: { x-terraform-elsewhere: [one in team-a.json, { odd: true }] }
  b: { x-terraform-elsewhere: alone }
  c: {}
`);
  expect(only(modesOf(text)).services.map(({ elsewhere }) => elsewhere)).toEqual([
    ["one in team-a.json", '{"odd":true}'],
    ["alone"],
    [],
  ]);
});

test("a mark in an override is about that environment; that of the account is told beside the account", () => {
  const text = matrix(`
services:
  a:
    x-terraform-elsewhere: [one]
    x-terraform-elsewhere-account: [an account]
    overrides: { prod: { x-terraform-elsewhere: [two, one] } }
  b: { overrides: { staging: { x-terraform-elsewhere: [three], x-terraform-elsewhere-account: [four] } } }
`).replace("environments:", "environments:\n  staging: { project: acme-staging, regions: [europe-west1] }");
  const told = modesOf(text).environments.map(({ environment, services }) => [
    environment,
    services.map(({ elsewhere, account: { elsewhere: ofAccount } }) => [elsewhere, ofAccount]),
  ]);
  expect(Object.fromEntries(told)).toEqual({
    staging: [
      [["one"], ["an account"]],
      [["three"], ["four"]],
    ],
    prod: [
      [["one", "two"], ["an account"]],
      [[], []],
    ],
  });
  const shown = modesFormats.text(modesOf(text), {
    color: false,
    width: 100,
    quiet: false,
    verbose: false,
    version: "",
  });
  expect(shown).toContain("another state has the account of a: an account");
});
