import { describe, expect, test } from "vitest";
import { type ChangeKind, changeKinds } from "../../../src/diff/change-kind.ts";
import { fingerprintOf } from "../../../src/diff/fingerprint-of.ts";
import { factsBetween, read, tell, tellPlace } from "./tell.ts";
import { accessThemes } from "./access-themes.ts";
import type { FactTheme } from "./fact-theme.ts";
import { settingThemes } from "./setting-themes.ts";

const themes = [...accessThemes, ...settingThemes];
const between = ({ before, after }: FactTheme) => factsBetween(read(before), read(after));

test.each(themes)("$name", (theme) => {
  expect(`\n${tell(between(theme))}`.trimEnd()).toBe(theme.facts.trimEnd());
});

test("every kind of change is shown by one theme at least", () => {
  const shown = new Set(themes.flatMap(between).map(({ kind }) => kind));
  expect((Object.keys(changeKinds) as ChangeKind[]).filter((kind) => !shown.has(kind))).toEqual([]);
});

test("facts come in the order of their kinds, and no two have one fingerprint", () => {
  const facts = themes.map(between);
  const order = Object.keys(changeKinds);
  for (const each of facts) {
    const ranks = each.map(({ kind }) => order.indexOf(kind));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(new Set(each.map(fingerprintOf)).size).toBe(each.length);
  }
});

test("a fact about an edge says who and whom, one about everybody says internet", () => {
  const sides = new Set(
    themes
      .flatMap(between)
      .map(({ kind, subject, from, to }) =>
        [
          changeKinds[kind],
          kind.startsWith("public-") ? "public" : "",
          from === null,
          to === null,
          `${from} -> ${to}` === subject,
        ].join(" "),
      ),
  );
  expect([...sides].sort()).toEqual([
    "caller  true true false",
    "edge  false false true",
    "environment  true true false",
    "exception  true true false",
    "inherited  true true false",
    "lint  true true false",
    "matrix  true true false",
    "name  true false false",
    "name  true true false",
    "owner  true true false",
    "rule  true true false",
    "service  true false false",
    "service public false false false",
    "set  true true false",
  ]);
});

test("a word that every object knows is a name like others", () => {
  const text = (extra: string, reason: string): string =>
    `{ version: 1, environments: { constructor: { project: acme-prod } }, services: { shop: { labels: { tier: 1${extra} } } }, rules: { constructor: { reason: ${reason}, never: { from: shop, to: shop } } } }`;
  expect(tell(factsBetween(read(text("", "A")), read(text(", constructor: 2, toString: 3", "B"))))).toBe(
    "labels-changed shop in constructor: null => {constructor: 2, toString: 3}\nrule-changed constructor: {reason: A} => {reason: B}",
  );
});

describe("places", () => {
  const frame =
    "version: 1\nenvironments: { prod: { project: acme-prod, regions: [europe-west1] }, dev: { project: acme-dev, regions: [europe-west1] } }\n";
  const placesOf = (before: string, after: string): readonly string[] =>
    factsBetween(read(frame + before), read(frame + after)).map(
      ({ kind, was, at }) => `${kind}: ${tellPlace(was)} => ${tellPlace(at)}`,
    );

  test.each([
    [
      "an override that comes",
      "services: { shop: { mode: add } }",
      "services: { shop: { mode: add, overrides: { prod: { mode: observe } } } }",
      ["mode-changed: matrix.yaml#services/shop/mode key => matrix.yaml#services/shop/overrides/prod/mode key"],
    ],
    [
      "a default",
      "services: { shop: {} }",
      "defaults: { mode: add }\nservices: { shop: {} }",
      ["mode-changed: matrix.yaml#services/shop key => matrix.yaml#defaults/mode key"],
    ],
    [
      "the regions of the environment",
      "services: { shop: {} }",
      "services: { shop: { regions: [us-central1] } }",
      ["regions-changed: matrix.yaml#environments/dev/regions key => matrix.yaml#services/shop/regions key"],
    ],
    [
      "clauses of an edge",
      "services: { shop: {}, books: {} }\ntrust: { shop -> books: Buys }",
      "services: { shop: {}, books: {} }\ntrust: { shop -> books: [{ environments: [dev], reason: Buys, expires: 2027-01-31 }, { environments: [prod], reason: Sells }] }",
      [
        "expiry-changed: matrix.yaml#trust/shop -> books key => matrix.yaml#trust/shop -> books/0/expires value",
        "reason-changed: matrix.yaml#trust/shop -> books/reason value => matrix.yaml#trust/shop -> books/1/reason value",
      ],
    ],
    [
      "a previous account",
      "services: { shop: { previousAccounts: [{ email: a@acme-prod.iam.gserviceaccount.com, until: 2027-01-31 }] } }",
      "services: { shop: { previousAccounts: [{ email: b@acme-prod.iam.gserviceaccount.com, until: 2027-01-31 }, { email: a@acme-prod.iam.gserviceaccount.com, until: 2027-02-28 }] } }",
      [
        "previous-account-added: nowhere => matrix.yaml#services/shop/previousAccounts/0 value",
        "previous-account-changed: matrix.yaml#services/shop/previousAccounts/0 value => matrix.yaml#services/shop/previousAccounts/1 value",
      ],
    ],
    [
      "what is new and what is gone",
      "services: { shop: {} }",
      "services: { books: {} }",
      [
        "service-removed: matrix.yaml#services/shop key => nowhere",
        "service-removed: matrix.yaml#services/shop key => nowhere",
        "service-added: nowhere => matrix.yaml#services/books key",
        "service-added: nowhere => matrix.yaml#services/books key",
      ],
    ],
    [
      "who a caller is",
      "callers: { ana: { user: ana@acme.com } }",
      "callers: { ana: { group: ana@acme.com } }",
      ["identity-changed: matrix.yaml#callers/ana/user key => matrix.yaml#callers/ana/group key"],
    ],
  ])("%s", (_, before, after, places) => {
    expect(placesOf(before, after)).toEqual(places);
  });
});
