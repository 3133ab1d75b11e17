import type { Draft } from "../../finding/draft.ts";
import type { Matrix } from "../model/matrix.ts";
import { type Place, valueAt } from "../text/place.ts";
import type { Rule } from "./rule.ts";
import { suggester } from "./unknown-name.ts";

/** Where `owners` is present, every owner and approver must be one of them. */
export const unknownOwner: Rule = {
  id: "unknown-owner",
  severity: "error",
  summary: "an owner or approver that `owners` does not list",
  stopsSynth: true,
  *check(matrix) {
    const { owners } = matrix;
    if (owners === undefined) return;
    const nearest = suggester();
    const known = new Set(owners.keys());
    for (const { owner, place } of ownerReferences(matrix)) {
      if (owners.has(owner)) continue;
      const near = nearest(owner, known);
      yield {
        message: `no owner is called "${owner}"`,
        help: near === undefined ? "declare it under owners" : `did you mean "${near}"?`,
        at: place,
      } satisfies Draft;
    }
  },
};

function* ownerReferences({
  root,
  document,
  names,
  inherited,
  rules,
  exceptions,
}: Matrix): Iterable<{ readonly owner: string; readonly place: Place }> {
  if (document.defaults?.owner !== undefined)
    yield { owner: document.defaults.owner, place: valueAt(root, "defaults", "owner") };
  for (const { section, value, place } of names.values()) {
    if (section !== "sets" && value.owner !== undefined)
      yield { owner: value.owner, place: valueAt(place.file, ...place.path, "owner") };
  }
  for (const { value, place } of inherited)
    if (value.owner !== undefined) yield { owner: value.owner, place: valueAt(place.file, ...place.path, "owner") };
  for (const { value, place } of rules) {
    for (const [index, owner] of (value.approvers ?? []).entries())
      yield { owner, place: valueAt(place.file, ...place.path, "approvers", index) };
  }
  for (const { value, place } of exceptions) {
    yield { owner: value.owner, place: valueAt(place.file, ...place.path, "owner") };
    if (value.approvedBy !== undefined)
      yield { owner: value.approvedBy, place: valueAt(place.file, ...place.path, "approvedBy") };
  }
}
