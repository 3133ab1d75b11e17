import { expect, test } from "vitest";
import { neverDelta } from "../../../src/diff/never-delta.ts";
import { pairMatrices } from "../../../src/diff/pair-matrices.ts";
import { matrixOf } from "../../matrix/in-memory.ts";

interface Doc {
  readonly services?: Readonly<Record<string, object>>;
  readonly trust?: readonly string[];
  readonly rules?: object;
  readonly exceptions?: readonly object[];
  readonly environments?: readonly string[];
}

const web = { public: { reason: "x" }, labels: { zone: "edge" } };
const services = { web, shop: {}, billing: {}, vault: {} };

function matrixFrom({ trust = [], environments = ["prod"], ...rest }: Doc) {
  return matrixOf({
    version: 1,
    services,
    environments: Object.fromEntries(
      environments.map((name) => [name, { project: `acme-${name}`, regions: ["europe-west1"] }]),
    ),
    trust: Object.fromEntries(trust.map((edge) => [edge, "x"])),
    ...rest,
  });
}

/** One line for each change: what is broken or excused, where, along which path, by which exception. */
function delta(before: Doc, after: Doc): readonly string[] {
  return neverDelta(pairMatrices(matrixFrom(before), matrixFrom(after))).map(
    ({ rule, environment, path, state, by }) =>
      `${rule} ${environment}: ${path.join(" > ")} ${state}${by === null ? "" : ` by ${by}`}`,
  );
}

const never = { from: "internet", to: "vault" };
const direct = { fence: { reason: "x", never: { ...never, from: ["shop", "billing"] } } };
const transitive = { fence: { reason: "x", never: { ...never, reach: "transitive" } } };
const exception = (id: string, match: object, more: object = {}): object => ({
  id,
  rule: "fence",
  match,
  owner: "payments",
  reason: "until the move is done",
  expires: "2027-01-01",
  ...more,
});

test("a step that a direct rule forbids is told when it is new, and only that step", () => {
  const before = { rules: direct, trust: ["shop -> vault"] };
  const after = { rules: direct, trust: ["shop -> vault", "billing -> vault", "web -> vault"] };
  expect(delta(before, after)).toEqual(["fence prod: billing > vault broken"]);
  expect(delta(after, after)).toEqual([]);
  expect(delta(after, before)).toEqual([]);
});

test("a transitive rule tells the path, once for each target that was not reached before", () => {
  const before = { rules: transitive, trust: ["shop -> vault"] };
  const joined = { rules: transitive, trust: ["shop -> vault", "web -> shop"] };
  expect(delta(before, joined)).toEqual(["fence prod: internet > web > shop > vault broken"]);
  // Into what was reached before, a shorter way is a break of its own, and so is another last step.
  const trust = [...joined.trust, "web -> vault"];
  expect(delta(joined, { ...joined, trust })).toEqual(["fence prod: internet > web > vault broken"]);
  const around = { rules: transitive, trust: [...joined.trust, "shop -> billing", "billing -> vault"] };
  expect(delta(joined, around)).toEqual(["fence prod: internet > web > shop > billing > vault broken"]);
  // A longer way by the step that was there is not, nor is one that comes from the target itself.
  const longer = { rules: transitive, trust: [...joined.trust, "web -> billing", "billing -> shop"] };
  expect(delta(joined, longer)).toEqual([]);
  expect(delta(joined, { ...joined, trust: [...joined.trust, "vault -> billing", "billing -> vault"] })).toEqual([]);
  // Nor is an edge alone a break: what it joins must be forbidden.
  expect(delta(before, { ...before, trust: ["shop -> vault", "shop -> billing"] })).toEqual([]);
});

test("a rule that is new, or new in an environment, or newly about a name, breaks newly what it forbids", () => {
  const trust = ["shop -> vault"];
  expect(delta({ trust }, { trust, rules: direct })).toEqual(["fence prod: shop > vault broken"]);
  const only = (environments: readonly string[]) => ({ fence: { ...direct.fence, environments } });
  const both = { trust, environments: ["dev", "prod"] };
  expect(delta({ ...both, rules: only(["dev"]) }, { ...both, rules: direct })).toEqual([
    "fence prod: shop > vault broken",
  ]);
  expect(delta({ ...both, rules: direct }, { ...both, rules: only(["dev"]) })).toEqual([]);
  const narrow = { fence: { reason: "x", never: { from: "billing", to: "vault" } } };
  expect(delta({ trust, rules: narrow }, { trust, rules: direct })).toEqual(["fence prod: shop > vault broken"]);
  // An environment that is new breaks what it declares.
  expect(delta({ trust, rules: direct }, { ...both, rules: direct })).toEqual(["fence dev: shop > vault broken"]);
});

test("reach: transitive forbids single steps too, so that neither spelling makes the step of before a new break", () => {
  const trust = ["shop -> vault", "web -> shop"];
  const rule = (reach: string) => ({ fence: { reason: "x", never: { from: "shop", to: "vault", reach } } });
  expect(delta({ trust, rules: rule("transitive") }, { trust, rules: rule("direct") })).toEqual([]);
  expect(delta({ trust, rules: rule("direct") }, { trust, rules: rule("transitive") })).toEqual([]);
  // Of two steps into one target, a transitive rule shows one, and forbade both.
  const both = (reach: string) => ({
    trust: ["billing -> vault", "shop -> vault"],
    rules: { fence: { reason: "x", never: { from: ["billing", "shop"], to: "vault", reach } } },
  });
  expect(delta(both("transitive"), both("direct"))).toEqual([]);
  const farther = { fence: { reason: "x", never: { from: ["web", "shop"], to: "vault", reach: "transitive" } } };
  const less = { fence: { reason: "x", never: { from: ["web"], to: "vault" } } };
  expect(delta({ trust, rules: less }, { trust, rules: farther })).toEqual(["fence prod: shop > vault broken"]);
});

test("an exception excuses, and what it no longer excuses is broken", () => {
  const broken = { rules: direct, trust: ["shop -> vault"] };
  const excused = { ...broken, exceptions: [exception("E1", { caller: "shop" })] };
  expect(delta(broken, excused)).toEqual(["fence prod: shop > vault excused by E1"]);
  expect(delta(excused, broken)).toEqual(["fence prod: shop > vault broken"]);
  expect(delta(excused, excused)).toEqual([]);
  // An edge that comes with its exception, or under one that was there.
  expect(delta({ rules: direct }, excused)).toEqual(["fence prod: shop > vault excused by E1"]);
  expect(delta({ ...excused, trust: [] }, excused)).toEqual(["fence prod: shop > vault excused by E1"]);
  // Two days before, one after: the exception is over.
  const over = { ...broken, exceptions: [exception("E1", { caller: "shop" }, { expires: "2026-11-21" })] };
  expect(delta(excused, over)).toEqual(["fence prod: shop > vault broken"]);
  expect(delta(over, excused)).toEqual(["fence prod: shop > vault excused by E1"]);
  expect(delta(broken, over)).toEqual([]);
});

test("an exception without the approval that its rule asks for excuses nothing", () => {
  const rules = { fence: { ...direct.fence, approvers: ["security"] } };
  const trust = ["shop -> vault"];
  const by = (more: object) => ({ rules, trust, exceptions: [exception("E1", { caller: "shop" }, more)] });
  expect(delta({ rules, trust }, by({}))).toEqual([]);
  expect(delta({ rules, trust }, by({ approvedBy: "security" }))).toEqual(["fence prod: shop > vault excused by E1"]);
  expect(delta(by({ approvedBy: "security" }), by({ approvedBy: "payments" }))).toEqual([
    "fence prod: shop > vault broken",
  ]);
});

test("a path is excused by an exception for one of its steps: the first in order of id, whatever the order of the file", () => {
  const chain = { rules: transitive, trust: ["web -> shop", "shop -> vault"] };
  const exceptions = [
    exception("E9", { caller: "web", service: "shop" }),
    exception("E2", { caller: "shop", service: "vault" }),
    exception("E1", { caller: "billing" }),
  ];
  const line = ["fence prod: internet > web > shop > vault excused by E2"];
  expect(delta(chain, { ...chain, exceptions })).toEqual(line);
  expect(delta(chain, { ...chain, exceptions: exceptions.toReversed() })).toEqual(line);
  // Another way that nobody excuses.
  const trust = [...chain.trust, "web -> billing", "billing -> vault"];
  const [, second] = exceptions;
  const other = { ...chain, trust, exceptions: [second ?? {}] };
  expect(delta({ ...chain, exceptions }, other)).toEqual(["fence prod: internet > web > billing > vault broken"]);
});

test("a rename alone is nothing, and paths are in later names", () => {
  const before = { rules: direct, trust: ["shop -> vault"] };
  const renamed = (names: object) => ({
    services: { web, billing: {}, store: names, safe: { formerNames: ["vault"] } },
    rules: { fence: { reason: "x", never: { from: ["store", "billing"], to: "safe" } } },
  });
  const after = { ...renamed({ formerNames: ["shop"] }), trust: ["store -> safe"] };
  expect(delta(before, after)).toEqual([]);
  expect(delta(after, before)).toEqual([]);
  expect(delta(before, { ...after, trust: ["store -> safe", "billing -> safe"] })).toEqual([
    "fence prod: billing > safe broken",
  ]);
  // Without its former name it is another service.
  expect(delta(before, { ...after, ...renamed({}) })).toEqual(["fence prod: store > safe broken"]);
});

test("an environment that goes, and rules that require, are no break", () => {
  const trust = ["shop -> vault"];
  const rules = { ...direct, tickets: { reason: "x", require: { edges: { to: "vault" }, fields: ["ticket"] } } };
  const both = { trust, rules, environments: ["dev", "prod"] };
  expect(delta(both, { ...both, environments: ["prod"] })).toEqual([]);
  expect(delta({ trust, rules: direct }, { trust, rules })).toEqual([]);
});
