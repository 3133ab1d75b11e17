import { checkCaller } from "../../callers/caller-of.ts";
import type { DetailProblem } from "../../callers/caller-kind.ts";
import type { Draft } from "../../finding/draft.ts";
import type { Matrix } from "../model/matrix.ts";
import type { Caller } from "../model/world.ts";
import { keyAt, type Place } from "../text/place.ts";
import { identityPlace } from "./account-place.ts";

/** What the kinds of callers find wrong with their details, of one sort, in every environment. */
export function* detailProblems({ worlds }: Matrix, wanted: DetailProblem["problem"]): Iterable<Draft> {
  for (const { environment, callers } of worlds) {
    for (const caller of callers.values()) {
      for (const found of checkCaller(caller)) {
        if (found.problem === wanted) yield detailDraft(caller, environment.name, found);
      }
    }
  }
}

export function detailDraft(
  caller: Caller,
  environment: string,
  { field, message, help }: Pick<DetailProblem, "field" | "message" | "help">,
): Draft {
  return {
    message: `${caller.key} ${message}`,
    help,
    at: detailPlace(caller, environment, field),
    environment,
    caller: caller.key,
  };
}

/** Where a field of a caller's details is written: in the environment's override, else in the caller, else who it is. */
export function detailPlace(caller: Caller, environment: string, field: string | undefined): Place {
  const { declared, kind } = caller;
  const { file, path } = declared.place;
  const levels = [
    { written: declared.value.overrides?.[environment]?.[kind], at: [...path, "overrides", environment, kind] },
    { written: declared.value[kind], at: [...path, kind] },
  ];
  const level = levels.find(
    ({ written }) =>
      field !== undefined && typeof written === "object" && written !== null && Object.hasOwn(written, field),
  );
  return level === undefined || field === undefined
    ? identityPlace(caller, environment)
    : keyAt(file, ...level.at, field);
}
