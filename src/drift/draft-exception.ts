import type { DriftFinding } from "./drift-report.ts";

/** So many digits tell findings apart, and can be read. */
const FINGERPRINT_DIGITS = 12;

/** What an exception from one finding matches, and whose it is; undefined where nobody is known to own what it is about. */
export interface ExceptionDraft {
  readonly match: Readonly<Record<string, string>>;
  readonly owner: string | undefined;
}

/**
 * An exception that accepts exactly one finding. The rest of what it matches is for people to read.
 * @param serviceOf the service of a key, undefined where the matrix has none
 */
export function draftException(
  { services, principal, resource, role, fingerprint }: DriftFinding,
  environment: string,
  serviceOf: (key: string) => { readonly owner?: string | undefined } | undefined,
): ExceptionDraft {
  const keys = services.filter((name) => serviceOf(name) !== undefined);
  const [key = ""] = keys;
  return {
    match: {
      environment,
      ...(keys.length === 1 && resource === null ? { service: key } : {}),
      ...(principal === null ? {} : { principal }),
      ...(resource === null ? {} : { resource }),
      ...(role === null ? {} : { role }),
      fingerprint: fingerprint.slice(0, FINGERPRINT_DIGITS),
    },
    owner: keys.map((each) => serviceOf(each)?.owner).find((each) => each !== undefined),
  };
}
