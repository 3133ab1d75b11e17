import type { DriftFinding } from "./drift-report.ts";
import { conditionOf } from "./judge-findings.ts";

/** What an exception takes (schemas/matrix.schema.json, `conditionText`). */
const MAX_CONDITION = 20_000;

/** What an exception from one finding matches, and whose it is; undefined where nobody is known to own what it is about. */
export interface ExceptionDraft {
  readonly match: Readonly<Record<string, string>>;
  readonly owner: string | undefined;
}

/**
 * An exception that accepts exactly one finding, as far as exceptions can tell findings apart.
 * @param serviceOf the service of a key, undefined where the matrix has none
 */
export function draftException(
  { services, principal, resource, role, paths }: DriftFinding,
  environment: string,
  serviceOf: (key: string) => { readonly owner?: string | undefined } | undefined,
): ExceptionDraft {
  const keys = services.filter((name) => serviceOf(name) !== undefined);
  const [key = ""] = keys;
  // What is accepted on a condition is not accepted without it.
  const condition = conditionOf({ paths });
  return {
    match: {
      environment,
      ...(keys.length === 1 && resource === null ? { service: key } : {}),
      ...(principal === null ? {} : { principal }),
      ...(resource === null ? {} : { resource }),
      ...(role === null ? {} : { role }),
      ...(condition === null || condition.trim() === "" || condition.length > MAX_CONDITION ? {} : { condition }),
    },
    owner: keys.map((each) => serviceOf(each)?.owner).find((each) => each !== undefined),
  };
}
