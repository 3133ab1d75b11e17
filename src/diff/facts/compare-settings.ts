import type { Matrix } from "../../matrix/model/matrix.ts";
import { allRuleIds, settingOf } from "../../matrix/rules/rule-ids.ts";
import { keyAt } from "../../matrix/text/place.ts";
import type { ChangeKind } from "../change-kind.ts";
import type { Json } from "../fact.ts";
import type { MatrixPair } from "../matrix-pair.ts";
import type { Difference } from "./difference.ts";
import { differing, given, inOneOrder, sameJson } from "./json.ts";
import { resolverOf, selectorJson } from "./resolve-selector.ts";

/** The settings of the matrix as a whole: what counts as sensitive, severities, Terraform. */
export function compareSettings(pair: MatrixPair): readonly Difference[] {
  return [...compareSensitive(pair), ...compareLint(pair), ...compareTerraform(pair)];
}

function compareSensitive(pair: MatrixPair): readonly Difference[] {
  const json = (side: "before" | "after"): Json => {
    const { sensitive } = pair[side];
    return sensitive === undefined ? null : selectorJson(sensitive, resolverOf(pair, side));
  };
  return compareSetting(pair, "sensitive-changed", null, ["sensitive"], json("before"), json("after"));
}

/** Severities that the matrix sets. One that cannot be set, or of no rule, is not set. */
function compareLint(pair: MatrixPair): readonly Difference[] {
  const [old = {}, now = {}] = [pair.before.document.lint, pair.after.document.lint];
  const rules = inOneOrder([...Object.keys(old), ...Object.keys(now)]).filter((id) => allRuleIds.has(id));
  return rules.flatMap((rule) =>
    compareSetting(
      pair,
      "lint-changed",
      rule,
      ["lint", rule],
      settingOf(rule, old) ?? null,
      settingOf(rule, now) ?? null,
    ),
  );
}

function compareTerraform(pair: MatrixPair): readonly Difference[] {
  const json = ({ document: { terraform } }: Matrix) =>
    given({ google: terraform?.google, checks: terraform?.checks === true ? true : undefined });
  const shown = differing(json(pair.before), json(pair.after));
  return shown === undefined
    ? []
    : compareSetting(pair, "terraform-changed", null, ["terraform"], shown.before, shown.after);
}

function compareSetting(
  pair: MatrixPair,
  kind: ChangeKind,
  subject: string | null,
  path: readonly string[],
  before: Json,
  after: Json,
): readonly Difference[] {
  if (sameJson(before, after)) return [];
  const placeIn = ({ root }: Matrix, value: Json) => (value === null ? null : keyAt(root, ...path));
  return [
    {
      kind,
      subject,
      environment: null,
      from: null,
      to: null,
      before,
      after,
      was: placeIn(pair.before, before),
      at: placeIn(pair.after, after),
    },
  ];
}
