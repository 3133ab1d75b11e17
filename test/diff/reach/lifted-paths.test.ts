import { expect, test } from "vitest";
import { diffMatrices } from "../../../src/diff/diff-matrices.ts";
import { diffOf, versionOf } from "../versions-of.ts";

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

test("what a name stands for is looked for in all environments, also where one alone is compared", () => {
  const placed = { project: "cards", name: "billing", environments: ["staging"] };
  const own = { main: { id: "acme-staging" }, cards: { id: "acme-prod" } };
  const { billing, ...rest } = services;
  const version = (names: object, projects: object) =>
    versionOf(
      matrix({
        environments: {
          prod: { project: "acme-prod", regions: ["europe-west1"] },
          staging: { projects, regions: ["europe-west1"] },
        },
        services: { ...rest, spare: { labels: { data: "pci" } }, ...names },
      }),
    );
  const before = version({ billing: { ...billing, environments: ["prod"] } }, own);
  const after = version({ helper: { ...placed, ...services.web } }, own);
  const { findings } = diffMatrices({ before, after, environments: ["staging"] });
  expect(
    findings.filter(({ path }) => path.length > 0).map(({ rule, path }) => `${rule} ${path.join(" > ")}`),
  ).toContain("never-newly-excused internet > helper");
});
