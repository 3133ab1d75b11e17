import { isObject, type JsonObject } from "../words/json.ts";
import { UsageError } from "../cli/usage-error.ts";

/** The pull request that a workflow runs for. */
export interface PullRequest {
  readonly number: number;
  /** The commit that reviewers look at. */
  readonly head: string;
  /** The tip of the base branch at the time of the event. */
  readonly base: string;
  readonly author: string;
  /** The branch that it goes into, without `refs/heads/`. */
  readonly baseRef: string;
  /** The default branch of the repository, where the payload tells it. */
  readonly defaultBranch: string | undefined;
}

/**
 * The pull request of an event payload, be it `pull_request`, `pull_request_target` or `pull_request_review`; undefined
 * for events of another kind. docs: /en/webhooks/webhook-events-and-payloads
 * @throws UsageError where it is not what GitHub documents
 */
export function readPullRequest(text: string): PullRequest | undefined {
  const { pull_request: pull, repository } = parseEvent(text);
  if (pull === undefined) return undefined;
  const { number, head, base, user } = objectOf(pull);
  const author = objectOf(user).login;
  const { sha, ref } = objectOf(base);
  if (typeof ref !== "string" || ref === "") throw unlikely();
  const branch = isObject(repository) ? repository.default_branch : undefined;
  if (typeof number !== "number" || !Number.isSafeInteger(number) || number < 1 || typeof author !== "string")
    throw unlikely();
  return {
    number,
    head: commitOf(objectOf(head).sha),
    base: commitOf(sha),
    author,
    baseRef: ref,
    defaultBranch: typeof branch === "string" && branch !== "" ? branch : undefined,
  };
}

function parseEvent(text: string): JsonObject {
  try {
    return objectOf(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) throw unlikely();
    throw error;
  }
}

function objectOf(value: unknown): JsonObject {
  if (isObject(value)) return value;
  throw unlikely();
}

/** A name instead of an id could mean something else to git than to GitHub. */
function commitOf(value: unknown): string {
  if (typeof value === "string" && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value)) return value;
  throw unlikely();
}

function unlikely(): UsageError {
  return new UsageError(
    "the event payload of GITHUB_EVENT_PATH is not one of a pull request as GitHub writes it",
    "run the action on pull_request",
  );
}
