import { expect, test } from "vitest";
import { diffOf } from "../versions-of.ts";

const services = {
  web: { public: { reason: "Shop" }, ingress: "all" },
  billing: { labels: { data: "pci" } },
  vault: { owner: "team-sec" },
};
const rules = {
  cards: { reason: "PCI", never: { from: "internet", to: { labels: { data: "pci" } }, reach: "transitive" } },
  inside: { reason: "Ours", never: { from: ["web"], to: { owner: "team-sec" } } },
};
const matrix = (more: object): object => ({
  version: 1,
  environments: {
    prod: { project: "acme-prod", regions: ["europe-west1"] },
    staging: { project: "acme-staging", regions: ["europe-west1"] },
  },
  services,
  rules,
  ...more,
});

/** What the change lets pass that a rule as it was forbids. */
function lifted(before: object, after: object): readonly string[] {
  return diffOf(matrix(before), matrix(after))
    .findings.filter(({ rule, message }) => rule === "never-newly-excused" && message.includes("as it was"))
    .map(({ path, severity }) => `${severity} ${path.join(" > ")}`);
}

const edge = { "web -> billing": "Pays" };

test.each([
  ["the rule is gone", { rules: {} }],
  [
    "the rule is relaxed",
    { rules: { ...rules, cards: { ...rules.cards, never: { ...rules.cards.never, reach: "direct" } } } },
  ],
  ["the rule is for elsewhere", { rules: { ...rules, cards: { ...rules.cards, environments: ["staging"] } } }],
  ["the label is gone", { services: { ...services, billing: {} } }],
])("an edge comes that a rule would forbid, and %s", (_, change) => {
  expect(lifted({}, { trust: edge, ...change })).toEqual(["warning internet > web > billing"]);
  // What stood and broke the rule is not forgiven silently either.
  expect(lifted({ trust: edge }, { trust: edge, ...change })).toEqual(["warning internet > web > billing"]);
  // Without a way there, nothing passes.
  expect(lifted({}, change)).toEqual([]);
});

test("who owns it is what the rule goes by", () => {
  const trust = { "web -> vault": "Reads" };
  const handedOver = { services: { ...services, vault: { owner: "team-web" } } };
  expect(lifted({}, { trust, ...handedOver })).toEqual(["warning web > vault"]);
  expect(lifted({}, { trust })).toEqual([]);
});

test("a service that is renamed and loses its label is the same service", () => {
  const { billing: _billing, ...rest } = services;
  const after = { services: { ...rest, charges: { formerNames: ["billing"] } }, trust: { "web -> charges": "Pays" } };
  expect(lifted({}, after)).toEqual(["warning internet > web > charges"]);
});
