import { canonicalJson } from "../../words/canonical-json.ts";
import { compareText } from "../../words/compare-text.ts";
import type { Matrix } from "../../matrix/model/matrix.ts";
import type { Selector, SelectorConditions } from "../../matrix/schema/generated/document.ts";
import type { Json } from "../fact.ts";
import { laterName, type MatrixPair } from "../matrix-pair.ts";
import { given, inOneOrder, oneOrMore } from "./json.ts";

/** The services and callers that names of one version stand for, as the later version calls them, in order. */
export type Resolve = (names: readonly string[]) => readonly string[];

export function resolverOf(pair: MatrixPair, side: "before" | "after"): Resolve {
  const { expand }: Matrix = pair[side];
  const later = (name: string): string => (side === "before" ? laterName(pair, name) : name);
  return (names) => inOneOrder(names.flatMap((name) => expand(name)).map(later));
}

/** A selector in the one form that all have that mean the same: sets resolved, texts in order. */
export function selectorJson(selector: Selector, resolve: Resolve): Json {
  if (typeof selector === "string") return oneOrMore(resolve([selector]));
  // Array.isArray does not narrow readonly arrays away.
  if (Array.isArray(selector)) return oneOrMore(resolve(selector as readonly string[]));
  const { labels, owner, kind, not, any, all } = selector as SelectorConditions;
  const each = (selectors: readonly Selector[] | undefined): Json | undefined =>
    selectors?.map((one) => selectorJson(one, resolve)).sort((a, b) => compareText(canonicalJson(a), canonicalJson(b)));
  return given({
    labels:
      labels === undefined
        ? undefined
        : Object.fromEntries(
            Object.entries(labels)
              .sort(([a], [b]) => compareText(a, b))
              .map(([label, values]) => [label, texts(values)]),
          ),
    owner: owner === undefined ? undefined : texts(owner),
    kind: kind === undefined ? undefined : texts(kind),
    not: not === undefined ? undefined : selectorJson(not, resolve),
    any: each(any),
    all: each(all),
  });
}

/** Every name that a selector mentions, sets among them. */
export function namesIn(selector: Selector | undefined): readonly string[] {
  if (selector === undefined) return [];
  if (typeof selector === "string") return [selector];
  if (Array.isArray(selector)) return selector as readonly string[];
  const { not, any = [], all = [] } = selector as SelectorConditions;
  return [not, ...any, ...all].flatMap(namesIn);
}

type Scalar = string | number | boolean;

function texts(values: Scalar | readonly Scalar[]): Json {
  return oneOrMore([values].flat().map(String));
}
