import { expect, test } from "vitest";
import { rewriteYaml } from "../../../src/matrix/edit/rewrite-yaml.ts";
import type { Data } from "../../../src/matrix/text/parsed-file.ts";
import { type DataMap, diff, parse, rewritten } from "./rewritten.ts";

/** A matrix with comments in every place, and what changes of it. */
const matrix = `# yaml-language-server: $schema=./schemas/matrix.schema.json
version: 1

# Who runs what.
services: # by name
  billing:
    owner: team-payments # the only one
    # Added in May.
    mode: observe

    # Regions of the bank.
    regions: [europe-west1, us-central1]
  # The shop itself.
  storefront: { owner: team-web, ingress: all } # open
  # old: {}

trust:
  # Pays.
  storefront -> billing: Charges
`;

test("a value changes in its place, and the comment behind it stays", () => {
  const after = rewritten(matrix, (data) => {
    data["services"] = {
      ...(data["services"] as DataMap),
      billing: { ...(parse(matrix)["services"] as { billing: DataMap }).billing, owner: "team-bank", mode: "enforce" },
    };
  });
  expect(diff(matrix, after)).toBe(`-    owner: team-payments # the only one
+    owner: team-bank # the only one
-    mode: observe
+    mode: enforce`);
});

test("a new key goes to its place where the others are in order, and an entry of a line stays on it", () => {
  const after = rewritten(matrix, (data) => {
    const services = data["services"] as { [key: string]: Data };
    services["ledger"] = { owner: "team-payments", labels: { data: "pci" } };
    services["tax"] = {};
    services["storefront"] = { ...(services["storefront"] as DataMap), mode: "add" };
    (data["trust"] as { [key: string]: Data })["billing -> billing"] = "Itself";
    data["callers"] = { oncall: { group: "oncall@acme.com" } };
  });
  expect(diff(matrix, after)).toBe(`+  ledger: { owner: team-payments, labels: { data: pci } }
-  storefront: { owner: team-web, ingress: all } # open
+  storefront: { owner: team-web, ingress: all, mode: add } # open
+  tax: {}
+callers:
+  oncall: { group: oncall@acme.com }
+
+  billing -> billing: Itself`);
});

test("what is removed takes the comments above it along, and the blank lines around it", () => {
  const after = rewritten(matrix, (data) => {
    const services = data["services"] as { [key: string]: Data };
    delete services["storefront"];
    delete (services["billing"] as { [key: string]: Data })["mode"];
    delete data["trust"];
  });
  expect(diff(matrix, after)).toBe(`-    # Added in May.
-    mode: observe
-  # The shop itself.
-  storefront: { owner: team-web, ingress: all } # open
-trust:
-  # Pays.
-  storefront -> billing: Charges
-`);
});

test("the last entry of a map leaves braces, and braces open for the first", () => {
  const without = rewritten(matrix, (data) => (data["trust"] = {}));
  expect(diff(matrix, without)).toBe("-trust:\n-  # Pays.\n-  storefront -> billing: Charges\n+trust: {}");
  const back = rewritten(without, (data) => (data["trust"] = { "storefront -> billing": "Charges" }));
  expect(diff(without, back)).toBe("-trust: {}\n+trust:\n+  storefront -> billing: Charges");
});

test("an empty text becomes a whole file, and comments alone stay above it", () => {
  const data = {
    trust: { "b -> c": "Reads", "a -> b": { reason: "Pays", reviewed: "2026-10-01" } },
    services: { a: {}, b: { description: "x".repeat(100), owner: "team" }, c: { owner: "yes: no", account: null } },
    environments: { prod: { project: "p", regions: ["europe-west1"] } },
    exceptions: [{ id: "E-1", rule: "r", reason: "12" }],
    version: 1,
  };
  const whole = `version: 1

environments:
  prod: { project: p, regions: [europe-west1] }

services:
  a: {}
  b:
    description: ${"x".repeat(100)}
    owner: team
  c: { owner: "yes: no", account: null }

trust:
  a -> b: { reason: Pays, reviewed: 2026-10-01 }
  b -> c: Reads

exceptions:
  - { id: E-1, rule: r, reason: "12" }
`;
  expect(rewriteYaml("", data)).toBe(whole);
  expect(rewriteYaml("# $schema\n", data)).toBe(`# $schema\n${whole}`);
  expect(rewriteYaml("\ufeff# $schema", data)).toBe(`\ufeff# $schema\n${whole}`);
  expect(rewriteYaml("---\r\n", { version: 1, lint: {} })).toBe("---\r\nversion: 1\r\n\r\nlint: {}\r\n");
});

test("comments go above what is new, however deep, and nowhere else", () => {
  const text = "services:\n  a: { owner: x }\n  b: { owner: y } # two\n";
  const after = {
    services: { a: { owner: "z" }, b: { owner: "y", mode: "add" }, c: { owner: "x", account: { id: "c" } } },
  };
  const commentsAt = (path: readonly (string | number)[]): readonly string[] =>
    path.length > 2 ? [`seen at ${path.join(".")}`, "twice"] : [];
  expect(rewriteYaml(text, after, { commentsAt })).toBe(`services:
  a: { owner: z }
  b: # two
    owner: y
    # seen at services.b.mode
    # twice
    mode: add
  c:
    # seen at services.c.owner
    # twice
    owner: x
    # seen at services.c.account
    # twice
    account:
      # seen at services.c.account.id
      # twice
      id: c
`);
});
