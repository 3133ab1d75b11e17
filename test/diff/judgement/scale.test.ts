import { expect, test } from "vitest";
import { judgeChanges } from "../../../src/diff/judge-changes.ts";
import { compareMatrices } from "../../../src/diff/compare-matrices.ts";
import { pairMatrices } from "../../../src/diff/pair-matrices.ts";
import { matrixOf } from "../../matrix/in-memory.ts";
import { diffOf } from "../versions-of.ts";

const nowhere = { file: "matrix.yaml", line: 1, column: 1, endLine: 1, endColumn: 1 };
const noReach = { gained: [], lost: [], gainedTotal: 0, lostTotal: 0 };

/** Services that each call the next ten, with labels, owners and rules over them. */
function fleet(size: number, change: { readonly label: string; readonly shift: number }): object {
  const name = (at: number): string => `service-${String(at % size).padStart(5, "0")}`;
  const services = Array.from({ length: size }, (_, at) => [
    name(at),
    { owner: `team-${at % 50}`, labels: { data: at % 7 === 0 ? change.label : "plain" } },
  ]);
  const trust = Array.from({ length: size * 5 }, (_, at) => [
    `${name(at)} -> ${name(at + 1 + Math.floor(at / size) + change.shift)}`,
    "Calls it",
  ]);
  return {
    version: 1,
    environments: { prod: { project: "acme-prod", regions: ["europe-west1"] } },
    sensitive: { labels: { data: "pci" } },
    rules: {
      pci: { reason: "PCI DSS", approvers: ["team-1"], never: { from: "internet", to: { labels: { data: "pci" } } } },
    },
    services: Object.fromEntries(services),
    trust: Object.fromEntries(trust),
  };
}

test("a change of everything is folded, and keeps every fingerprint", () => {
  const [before, after] = [
    { label: "pci", shift: 0 },
    { label: "none", shift: 5 },
  ] as const;
  const pair = pairMatrices(matrixOf(fleet(400, before)), matrixOf(fleet(400, after)));
  const facts = compareMatrices(pair);
  const locate = (): typeof nowhere => nowhere;
  const judged = judgeChanges({ pair, facts, reach: noReach, nevers: [], locateBefore: locate, locateAfter: locate });
  const lost = judged.findings.filter(({ rule }) => rule === "sensitive-lost");
  const relabelled = judged.changes.filter(({ kind }) => kind === "labels-changed");
  expect(relabelled.length).toBe(58);
  expect(lost.length).toBe(50);
  expect(new Set(lost.flatMap(({ changes }) => changes)).size).toBe(relabelled.length);
  expect(lost.filter(({ message }) => message.startsWith("the same of 9 more: ")).length).toBe(1);
  expect(judged.changes.map(({ kind }) => kind)).toEqual(facts.map(({ kind }) => kind));
  expect(judged.approvers.length).toBe(50);
});

test("what is grave is never folded into what is not, nor the contrary", () => {
  const names = Array.from({ length: 120 }, (_, at) => `service-${String(at).padStart(3, "0")}`);
  const matrix = (isOpen: boolean): object => ({
    version: 1,
    environments: { prod: { project: "acme-prod", regions: ["europe-west1"] } },
    sensitive: { labels: { data: "pci" } },
    services: {
      web: isOpen ? { ingress: "all", public: { reason: "Shop" } } : {},
      ...Object.fromEntries(names.map((name, at) => [name, at === 110 ? { labels: { data: "pci" } } : {}])),
    },
    trust: Object.fromEntries(names.map((name) => [`web -> ${name}`, "Calls it"])),
  });
  const reached = diffOf(matrix(false), matrix(true)).findings.filter(({ rule }) => rule === "internet-reaches");
  expect(reached[0]).toMatchObject({ severity: "error", subject: "service-110" });
  expect(reached.filter(({ severity }) => severity === "error")).toHaveLength(1);
  // The internet's way into web itself is one of them.
  expect(reached.at(-1)).toMatchObject({ severity: "info", count: 71 });
});
