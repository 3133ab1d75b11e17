import { parseEnd } from "../../time/instant.ts";
import type { Exception } from "../schema/generated/document.ts";
import type { Matrix } from "./matrix.ts";
import { isPlaceholder, PLACEHOLDER_OWNER } from "./placeholder.ts";

/** What an exception is asked about. */
export interface ExceptionSubject {
  readonly service?: string | undefined;
  /** Where it is about several services alike. */
  readonly services?: readonly string[] | undefined;
  readonly caller?: string | undefined;
  readonly callers?: readonly string[] | undefined;
  readonly environment?: string | undefined;
  /** Members as IAM writes them, resources as the API writes them, and roles: only what is live has them. */
  readonly principals?: readonly string[] | undefined;
  readonly resource?: string | undefined;
  readonly role?: string | undefined;
  /** Of a finding of drift, in hex. */
  readonly fingerprint?: string | undefined;
}

/** Whether an exception has effect: it says why, its date has not passed, and one of the rule's approvers has approved it. */
export function isInForce(exception: Exception, matrix: Matrix): boolean {
  if (isPlaceholder(exception.reason) || exception.owner === PLACEHOLDER_OWNER) return false;
  const end = parseEnd(exception.expires);
  if (end === undefined || matrix.asOf >= end) return false;
  const approvers = matrix.rules.find(({ key }) => key === exception.rule)?.value.approvers;
  return approvers === undefined || (exception.approvedBy !== undefined && approvers.includes(exception.approvedBy));
}

/** Makes an exception ready to be asked whether every key under its `match` holds of a subject. */
export function exceptionMatcher({ match }: Exception, matrix: Matrix): (subject: ExceptionSubject) => boolean {
  const { service, caller, environment, principal, resource, role, fingerprint } = match;
  const meant = (names: string | readonly string[] | undefined): ReadonlySet<string> | undefined =>
    names === undefined ? undefined : new Set([names].flat().flatMap((name) => [name, ...matrix.expand(name)]));
  const [services, callers, environments] = [meant(service), meant(caller), meant(environment)];
  const texts = (wanted: string | readonly string[] | undefined): ReadonlySet<string> | undefined =>
    wanted === undefined ? undefined : new Set([wanted].flat());
  const [principals, resources, roles] = [texts(principal), texts(resource), texts(role)];
  const holds = (wanted: ReadonlySet<string> | undefined, actual: readonly (string | undefined)[]): boolean =>
    wanted === undefined || actual.some((name) => name !== undefined && wanted.has(name));
  return (subject) =>
    // First, because it tells nearly all others apart at once.
    (fingerprint === undefined || subject.fingerprint?.startsWith(fingerprint) === true) &&
    holds(services, [subject.service, ...(subject.services ?? [])]) &&
    holds(callers, [subject.caller, ...(subject.callers ?? [])]) &&
    holds(environments, [subject.environment]) &&
    // Keys about live resources match nothing of a declared matrix.
    holds(principals, subject.principals ?? []) &&
    holds(resources, [subject.resource]) &&
    holds(roles, [subject.role]);
}
