import { describe, expect, test } from "vitest";
import type { ChangeKind } from "../../../src/diff/change-kind.ts";
import { factsBetween, read } from "./tell.ts";

// Every field of the language, changed by itself, is told. A field that is new to the language does not compile here.

export type Fields = Readonly<Record<string, unknown>>;
export type Told = readonly [value: unknown, ...kinds: ChangeKind[]];
/** Of each field another value than the document has, and what a diff must tell of it; "nothing" for those without meaning. */
export type Changes<T> = Readonly<
  Record<keyof { [K in keyof T as string extends K ? never : K]: T[K] }, Told | "nothing">
>;

export const document = {
  version: 1,
  owners: { "team-a": { github: "@acme/a", contact: "#a" }, "team-b": {} },
  sensitive: { labels: { data: "pci" } },
  environments: {
    prod: {
      regions: ["europe-west1"],
      projects: { core: { id: "acme-core", number: "1" }, pci: { id: "acme-pci", number: "2" } },
    },
    staging: { project: "acme-staging", number: "3", regions: ["europe-west1"] },
  },
  terraform: { google: "~> 7.21" },
  services: {
    shop: { owner: "team-a", public: { reason: "Open" }, ingress: "all" },
    books: { owner: "team-a" },
    night: { kind: "job" },
  },
  callers: { ana: { user: "ana@acme.com", owner: "team-a" }, pod: { gke: { namespace: "n", serviceAccount: "s" } } },
  trust: { "shop -> books": "Buys", "ana -> books": { reason: "Looks", reviewed: "2026-11-01" } },
  inherited: {
    deployers: {
      principal: "user:ci@acme.com",
      role: "roles/run.admin",
      at: ["projects/acme-core"],
      reason: "Deploys",
    },
  },
  rules: {
    closed: { reason: "Why", never: { from: "ana", to: { labels: { data: "pci" } } } },
    paper: { reason: "Audit", require: { edges: { to: "books" }, fields: ["ticket"] } },
  },
  exceptions: [
    { id: "EX-1", rule: "paper", match: { service: "books" }, owner: "team-a", reason: "Later", expires: "2027-01-31" },
  ],
  lint: { "unused-caller": "off" },
} as const;

/** The document with other fields at a path. */
function changed(path: readonly (string | number)[], field: string, value: unknown): object {
  const copy = structuredClone(document) as unknown as Record<string, unknown>;
  let at = copy;
  for (const step of path) at = (at[step] ??= {}) as Record<string, unknown>;
  at[field] = value;
  return copy;
}

const unchanged = read(JSON.stringify(document));

function kindsOf(after: object): readonly ChangeKind[] {
  const facts = factsBetween(unchanged, read(JSON.stringify(after)));
  return [...new Set(facts.map(({ kind }) => kind))].sort();
}

export function everyField<T>(name: string, path: readonly (string | number)[], changes: Changes<T>): void {
  describe(name, () => {
    for (const [field, told] of Object.entries(changes as Readonly<Record<string, Told | "nothing">>)) {
      if (told === "nothing") continue;
      const [value, ...kinds] = told;
      test(field, () => {
        expect(kindsOf(changed(path, field, value))).toEqual([...kinds].sort());
      });
    }
  });
}
