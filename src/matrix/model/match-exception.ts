import { parseEnd } from "../../time/instant.ts";
import type { Exception } from "../schema/generated/document.ts";
import type { Matrix } from "./matrix.ts";

/** What an exception is asked about. */
export interface ExceptionSubject {
  readonly service?: string | undefined;
  /** Where it is about several services alike. */
  readonly services?: readonly string[] | undefined;
  readonly caller?: string | undefined;
  readonly callers?: readonly string[] | undefined;
  readonly environment?: string | undefined;
}

/** Whether an exception has effect: its date has not passed, and one of the rule's approvers has approved it. */
export function isInForce(exception: Exception, matrix: Matrix): boolean {
  const end = parseEnd(exception.expires);
  if (end === undefined || matrix.asOf >= end) return false;
  const approvers = matrix.rules.find(({ key }) => key === exception.rule)?.value.approvers;
  return approvers === undefined || (exception.approvedBy !== undefined && approvers.includes(exception.approvedBy));
}

/** Makes an exception ready to be asked whether every key under its `match` holds of a subject. */
export function exceptionMatcher({ match }: Exception, matrix: Matrix): (subject: ExceptionSubject) => boolean {
  const { service, caller, environment, ...live } = match;
  // Keys about live resources match nothing of a declared matrix.
  if (Object.keys(live).some((key) => !key.startsWith("x-"))) return () => false;
  const meant = (names: string | readonly string[] | undefined): ReadonlySet<string> | undefined =>
    names === undefined ? undefined : new Set([names].flat().flatMap((name) => [name, ...matrix.expand(name)]));
  const [services, callers, environments] = [meant(service), meant(caller), meant(environment)];
  const holds = (wanted: ReadonlySet<string> | undefined, actual: readonly (string | undefined)[]): boolean =>
    wanted === undefined || actual.some((name) => name !== undefined && wanted.has(name));
  return (subject) =>
    holds(services, [subject.service, ...(subject.services ?? [])]) &&
    holds(callers, [subject.caller, ...(subject.callers ?? [])]) &&
    holds(environments, [subject.environment]);
}
