import type { Matrix } from "../../../matrix/model/matrix.ts";
import { PLACEHOLDER_OWNER } from "../../../matrix/model/placeholder.ts";
import type { Need } from "./need.ts";

/**
 * The owners that a version speaks of anywhere: of such a one, that version says who approves, even where it says nobody.
 */
export function knownOwners(matrix: Matrix): ReadonlySet<string> {
  const found = known.get(matrix) ?? findOwners(matrix);
  known.set(matrix, found);
  return found;
}

/** Many changes ask for the same. */
const known = new WeakMap<Matrix, ReadonlySet<string>>();

function findOwners({
  owners,
  worlds,
  rules,
  exceptions,
  inherited,
  sensitive,
  document,
}: Matrix): ReadonlySet<string> {
  const answering = [...exceptions, ...inherited].flatMap(({ value }) => [
    value.owner,
    "approvedBy" in value ? value.approvedBy : undefined,
  ]);
  return new Set(
    [
      ...(owners?.keys() ?? []),
      document.defaults?.owner,
      ...worlds.flatMap(({ services, callers }) =>
        [...services.values(), ...callers.values()].map(({ owner }) => owner),
      ),
      ...rules.flatMap(({ value }) => [...(value.approvers ?? []), ...ownersSelected([value.never, value.require])]),
      ...ownersSelected(sensitive),
      ...answering,
    ].flatMap((owner) => (owner === undefined || owner === PLACEHOLDER_OWNER ? [] : [owner])),
  );
}

/** The owners by which selectors mean names, however deep. */
function ownersSelected(selector: unknown): readonly string[] {
  if (typeof selector !== "object" || selector === null) return [];
  return Object.entries(selector).flatMap(([key, value]) =>
    key === "owner"
      ? [value].flat().filter((owner): owner is string => typeof owner === "string")
      : key === "labels"
        ? []
        : ownersSelected(value),
  );
}

/**
 * Who watches over a version as a whole: the approvers of its rules for whom it names somebody on GitHub. They agree to
 * the first judge of what had none. Nobody, where there is no such rule.
 */
export function guardiansOf({ rules, owners }: Matrix): readonly Need[] {
  const named = new Set(rules.flatMap(({ value }) => value.approvers ?? []));
  return [...named]
    .filter((owner) => owners?.get(owner)?.value.github !== undefined)
    .map((owner) => ({ owner, reason: "rule-approver" }));
}
