import { compareText } from "../words/compare-text.ts";
import { enumerateWords } from "../words/enumerate-words.ts";
import type { GuardDraft } from "./guard-draft.ts";
import type { PlanGrant } from "./plan-grant.ts";

/** Where grants are that the matrix says nothing of: their projects, or accounts without one; no value that is sensitive. */
export function outsideOf(grants: readonly PlanGrant[]): readonly string[] {
  const places = grants.flatMap(({ target: { project, resource, isSensitive } }) => {
    if (isSensitive || project.isSensitive) return [];
    return project.text ?? /^projects\/([^/-][^/]*)/.exec(resource ?? "")?.[1] ?? resource ?? [];
  });
  return [...new Set(places)].sort(compareText);
}

/**
 * What to say where nothing of a plan could be judged: that is no all-clear.
 * @param whole what the projects are not in
 */
export function allOutside(grants: readonly PlanGrant[], whole: string): readonly GuardDraft[] {
  const [first] = grants;
  if (first === undefined) return [];
  const places = outsideOf(grants);
  const named = places.length === 0 ? "" : ` (${foldPlaces(places)})`;
  return [
    {
      rule: "plan-outside-matrix",
      already: grants.every(({ change }) => change.action === "no-op"),
      change: first.change,
      environments: [],
      message: `grants in projects only that are not in ${whole}${named}: none of it was judged`,
      fix: "write the projects into the environments of the matrix; or judge the plan by the matrix that names them",
    },
  ];
}

const MOST = 5;

/** The first few of many places. */
export function foldPlaces(places: readonly string[]): string {
  const more = places.length - MOST;
  return enumerateWords(more > 0 ? [...places.slice(0, MOST), `${more} more`] : places, "and");
}
