import { isObject, type JsonObject } from "../words/json.ts";

/** What an error answer of Google says, where it is in the shape of google.rpc.Status. */
export interface AnswerError {
  readonly message: string;
  /** The permission that was missing. */
  readonly permission: string | null;
  /** `projects/ID` or `projects/NUMBER`, of a project where the API is not enabled. */
  readonly disabledFor: string | null;
}

const LONGEST_MESSAGE = 300;

/** Reads the body of an answer of 4xx or 5xx. Total: anything may come. */
export function parseAnswerError(text: string): AnswerError {
  const error = errorOf(text);
  const message = typeof error.message === "string" ? oneLine(error.message) : "";
  const details = (Array.isArray(error.details) ? error.details : []).filter(isObject);
  const metadata = details.map((detail) => ({
    reason: detail.reason,
    data: isObject(detail.metadata) ? detail.metadata : {},
  }));
  const named = metadata.find(({ data }) => typeof data.permission === "string")?.data.permission;
  const disabled = metadata.find(({ reason }) => reason === "SERVICE_DISABLED")?.data.consumer;
  return {
    message,
    permission: typeof named === "string" ? oneLine(named) : permissionIn(message),
    disabledFor: typeof disabled === "string" ? disabled : null,
  };
}

function errorOf(text: string): JsonObject {
  try {
    const body: unknown = JSON.parse(text);
    return isObject(body) && isObject(body.error) ? body.error : {};
  } catch {
    return {};
  }
}

/** IAM writes `Permission 'iam.roles.get' denied on resource …`, Cloud Run the same, Resource Manager names it alone. */
function permissionIn(message: string): string | null {
  return /\b[a-z]+\.[a-zA-Z]+\.[a-zA-Z]+\b(?=')/.exec(message)?.[0] ?? null;
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE)}…` : line;
}
