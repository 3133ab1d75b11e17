import { expect, test } from "vitest";
import { pairMatrices } from "../../../src/diff/pair-matrices.ts";
import { MAX_LISTED, reachDelta } from "../../../src/diff/reach-delta.ts";
import { matrixOf } from "../../matrix/in-memory.ts";

const environments = { prod: { project: "acme-prod", regions: ["europe-west1"] } };
const open = { public: { reason: "the shop's front" } };
const pci = { labels: { pci: true } };
const base = {
  version: 1,
  environments,
  services: { web: open, shop: {}, billing: {}, vault: pci },
  callers: { nightly: { serviceAccount: "nightly@acme-jobs.iam.gserviceaccount.com" } },
  sensitive: { labels: { pci: true } },
  trust: { "web -> shop": "x", "billing -> vault": "x", "nightly -> billing": "x" },
};

/** `+` for a pair gained, `-` for one lost; `!` where its target is sensitive. */
function delta(before: object, after: object): readonly string[] {
  const { gained, lost } = reachDelta(pairMatrices(matrixOf(before), matrixOf(after)));
  return [...gained.map((pair) => ["+", pair] as const), ...lost.map((pair) => ["-", pair] as const)].map(
    ([sign, { environment, path, sensitive }]) => `${sign} ${environment} ${path.join(" > ")}${sensitive ? " !" : ""}`,
  );
}

test("one edge connects all that lies before it with all that lies behind it, the internet and what is sensitive first", () => {
  const after = { ...base, trust: { ...base.trust, "shop -> billing": "x" } };
  expect(delta(base, after)).toEqual([
    "+ prod internet > web > shop > billing > vault !",
    "+ prod internet > web > shop > billing",
    "+ prod shop > billing > vault !",
    "+ prod web > shop > billing > vault !",
    "+ prod shop > billing",
    "+ prod web > shop > billing",
  ]);
  expect(delta(after, base)).toEqual(delta(base, after).map((line) => line.replace("+", "-")));
});

test("an edge beside a path that was there gains nothing", () => {
  const before = { ...base, trust: { ...base.trust, "shop -> billing": "x" } };
  expect(delta(before, { ...before, trust: { ...before.trust, "web -> vault": "x" } })).toEqual([]);
});

test("what is made public is reached, with all behind it; what expires or retires reaches nobody", () => {
  const opened = { ...base, services: { ...base.services, billing: open } };
  expect(delta(base, opened)).toEqual(["+ prod internet > billing > vault !", "+ prod internet > billing"]);
  const expired = { ...base, trust: { ...base.trust, "web -> shop": { reason: "x", expires: "2026-11-21" } } };
  expect(delta(base, expired)).toEqual(["- prod internet > web > shop", "- prod web > shop"]);
  const retired = { ...base, services: { ...base.services, billing: { retired: "2026-11-20" } } };
  expect(delta(base, retired)).toEqual([
    "- prod billing > vault !",
    "- prod nightly > billing > vault !",
    "- prod nightly > billing",
  ]);
});

test("a target counts as sensitive where either version says so", () => {
  const trust = { ...base.trust, "web -> vault": "x" };
  const hushed = { ...base, trust, services: { ...base.services, vault: {} } };
  expect(delta(base, hushed)).toEqual(["+ prod internet > web > vault !", "+ prod web > vault !"]);
  expect(delta(hushed, base)).toEqual(["- prod internet > web > vault !", "- prod web > vault !"]);
});

test("a renamed service keeps who reaches it; lost paths are in later names", () => {
  const { billing: _, ...others } = base.services;
  const after = {
    ...base,
    services: { ...others, invoices: { formerNames: ["billing"] } },
    trust: { "web -> shop": "x", "invoices -> vault": "x", "nightly -> invoices": "x" },
  };
  expect(delta(base, after)).toEqual([]);
  expect(delta(base, { ...after, trust: { "web -> shop": "x", "nightly -> invoices": "x" } })).toEqual([
    "- prod invoices > vault !",
    "- prod nightly > invoices > vault !",
  ]);
});

test("at most so many are listed, the first in order over all environments, and all are counted", () => {
  const size = 30;
  const names = Array.from({ length: size }, (_, index) => `s${String(index).padStart(2, "0")}`);
  const ring = names.map((name, index) => [`${name} -> ${names[(index + 1) % size] ?? ""}`, "x"] as const);
  const document = {
    version: 1,
    environments: { ...environments, dev: { project: "acme-dev", regions: ["europe-west1"] } },
    services: Object.fromEntries(names.map((name) => [name, name === "s07" ? open : {}])),
    sensitive: ["s20", "s21"],
  };
  const { gained, gainedTotal, lost, lostTotal } = reachDelta(
    pairMatrices(matrixOf(document), matrixOf({ ...document, trust: Object.fromEntries(ring) })),
  );
  // In each of two environments: everybody each other, and the internet all but the one that it reached before.
  expect(gainedTotal).toBe(2 * (size * (size - 1) + size - 1));
  expect([lost, lostTotal]).toEqual([[], 0]);
  expect(gained.length).toBe(MAX_LISTED);
  const rank = ({ from, sensitive, environment, to }: (typeof gained)[number]): string =>
    [from === "internet" ? 0 : 1, sensitive ? 0 : 1, environment, from, to].join(" ");
  expect(gained.map(rank)).toEqual(gained.map(rank).sort());
  const count = (isMeant: (pair: (typeof gained)[number]) => boolean): number => gained.filter(isMeant).length;
  expect(count(({ from }) => from === "internet")).toBe(2 * (size - 1));
  expect(count(({ from, sensitive }) => from !== "internet" && sensitive)).toBe(2 * 2 * (size - 1));
  // Dev comes before prod; of prod, the first pairs in order of name fill the rest.
  const rest = gained.filter(({ from, sensitive }) => from !== "internet" && !sensitive);
  const [dev, prod] = ["dev", "prod"].map((name) => rest.filter(({ environment }) => environment === name));
  expect(dev?.length).toBe(size * (size - 1) - 2 * (size - 1));
  expect(prod?.map(({ from, to }) => `${from} ${to}`)).toEqual(names.slice(1, 15).map((name) => `s00 ${name}`));
});
