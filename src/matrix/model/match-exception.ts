import type { Exception } from "../schema/generated/document.ts";
import { parseEnd } from "../../time/instant.ts";
import type { Matrix } from "./matrix.ts";

/** What an exception is asked about. */
export interface ExceptionSubject {
  readonly service?: string | undefined;
  readonly caller?: string | undefined;
  readonly environment?: string | undefined;
}

/** Whether an exception is still in force. */
export function isInForce(exception: Exception, matrix: Matrix): boolean {
  const end = parseEnd(exception.expires);
  return end !== undefined && matrix.asOf < end;
}

/** Whether every key under `match` holds of the subject. Keys about live resources match nothing of a declared matrix. */
export function matchesException({ match }: Exception, subject: ExceptionSubject, matrix: Matrix): boolean {
  const { service, caller, environment, ...live } = match;
  if (Object.keys(live).some((key) => !key.startsWith("x-"))) return false;
  const holds = (wanted: string | readonly string[] | undefined, actual: string | undefined): boolean =>
    wanted === undefined ||
    (actual !== undefined && [wanted].flat().some((name) => name === actual || matrix.expand(name).includes(actual)));
  return holds(service, subject.service) && holds(caller, subject.caller) && holds(environment, subject.environment);
}
