import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";

export interface FakeReview {
  readonly user: string | null;
  readonly state: string;
  readonly commit: string;
  readonly type?: string;
}

export interface FakeComment {
  readonly id: number;
  readonly user: string;
  body: string;
}

/** What a token may do. GitHub answers 404 for teams that a token must not know of. */
export type Permission = "comment" | "read" | "teams";

export interface GitHubFacts {
  /** As in the real world, the token of a workflow is no member of the organization. */
  readonly tokens: Readonly<Record<string, { readonly login: string; readonly may: readonly Permission[] }>>;
  readonly reviews?: readonly FakeReview[];
  readonly comments?: readonly { readonly user: string; readonly body: string }[];
  /** By `organization/team`: state of membership by login. */
  readonly teams?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface SeenRequest {
  readonly method: string;
  /** With its query, as it came. */
  readonly path: string;
  readonly token: string;
  readonly body: string;
}

/** `before`: instead of the answer. `after`: what was asked is done, and its answer lost. */
export interface Fault {
  readonly when: "before" | "after";
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: string;
}

export interface GitHubOptions {
  readonly pageSize?: number;
  /** Of the nth request for the same thing, from 0. */
  readonly faults?: (request: SeenRequest, nth: number) => Fault | undefined;
  /** GitHub Enterprise Server has `/api/v3`. */
  readonly prefix?: string;
}

export interface FakeGitHub {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  readonly comments: readonly FakeComment[];
  /** Requests that no reader and no writer of comments sends. */
  readonly violations: readonly string[];
}

export const REPOSITORY = "acme/shop";
export const PULL = 7;

/** GitHub's API for one pull request, over HTTP on 127.0.0.1, until the test ends. */
export async function startGitHub(facts: GitHubFacts, options: GitHubOptions = {}): Promise<FakeGitHub> {
  const requests: SeenRequest[] = [];
  const violations: string[] = [];
  const comments: FakeComment[] = (facts.comments ?? []).map((comment, index) => ({ id: 100 + index, ...comment }));
  const counts = new Map<string, number>();
  const prefix = options.prefix ?? "";
  let url = "";

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const seen: SeenRequest = {
      method: request.method ?? "",
      path: (request.url ?? "").slice(prefix.length),
      token: (request.headers.authorization ?? "").replace(/^Bearer /, ""),
      body: Buffer.concat(chunks).toString(),
    };
    requests.push(seen);
    const key = `${seen.method} ${seen.path}`;
    const nth = counts.get(key) ?? 0;
    counts.set(key, nth + 1);
    if (request.headers["user-agent"] === undefined || request.headers["x-github-api-version"] === undefined)
      violations.push(`${key} lacks a header`);
    const fault = options.faults?.(seen, nth);
    if (fault?.when === "before") {
      send(response, { status: fault.status, body: { message: fault.message ?? "fault" } }, fault.headers);
      return;
    }
    const answer = answerTo(seen, facts, comments, violations);
    if (fault !== undefined) send(response, { status: fault.status, body: {} }, fault.headers);
    else sendPage(response, answer, seen, url, options.pageSize ?? 100);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      violations.push(String(error));
      response.destroy();
    });
  });
  url = `${await listen(server)}${prefix}`;
  return { url, requests, comments, violations };
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const notFound: Answer = { status: 404, body: { message: "Not Found" } };

function answerTo(seen: SeenRequest, facts: GitHubFacts, comments: FakeComment[], violations: string[]): Answer {
  const token = facts.tokens[seen.token];
  if (token === undefined) return { status: 401, body: { message: "Bad credentials" } };
  const may = (permission: Permission): boolean => token.may.includes(permission);
  const denied: Answer = { status: 403, body: { message: "Resource not accessible by integration" } };
  const [path = ""] = seen.path.split("?", 1);
  const issue = `/repos/${REPOSITORY}/issues`;
  if (seen.method === "GET" && path === `/repos/${REPOSITORY}/pulls/${PULL}/reviews`)
    return may("read") ? { status: 200, body: (facts.reviews ?? []).map(reviewBody) } : notFound;
  if (seen.method === "GET" && path === `${issue}/${PULL}/comments`)
    return may("read") ? { status: 200, body: comments.map(commentBody) } : notFound;
  if (seen.method === "POST" && path === `${issue}/${PULL}/comments`) {
    if (!may("comment")) return denied;
    const comment = { id: 100 + comments.length, user: token.login, body: bodyOf(seen) };
    comments.push(comment);
    return { status: 201, body: commentBody(comment) };
  }
  const [, id] = new RegExp(`^${issue}/comments/(\\d+)$`).exec(path) ?? [];
  if (seen.method === "PATCH" && id !== undefined) {
    const comment = comments.find((each) => each.id === Number(id));
    if (!may("comment") || comment === undefined) return may("comment") ? notFound : denied;
    // Who may write to the repository may change everybody's comments: GitHub itself keeps no spoofed marker apart.
    comment.body = bodyOf(seen);
    return { status: 200, body: commentBody(comment) };
  }
  const [, organization = "", team = "", user] =
    /^\/orgs\/([^/]+)\/teams\/([^/]+)(?:\/memberships\/([^/]+))?$/.exec(path) ?? [];
  if (seen.method === "GET" && team !== "") {
    const members = facts.teams?.[`${organization}/${team}`];
    if (!may("teams") || members === undefined) return notFound;
    if (user === undefined) return { status: 200, body: { slug: team } };
    const state = members[decodeURIComponent(user)];
    return state === undefined ? notFound : { status: 200, body: { state, role: "member" } };
  }
  violations.push(`${seen.method} ${seen.path}`);
  return notFound;
}

function reviewBody({ user, state, commit, type = "User" }: FakeReview, index: number): object {
  return {
    id: index + 1,
    user: user === null ? null : { login: user, type },
    state,
    commit_id: commit,
    submitted_at: `2026-11-22T10:${String(index % 60).padStart(2, "0")}:00Z`,
    html_url: `https://github.test/${REPOSITORY}/pull/${PULL}#pullrequestreview-${index + 1}`,
  };
}

function commentBody({ id, user, body }: FakeComment): object {
  return { id, user: { login: user }, body };
}

function bodyOf({ body }: SeenRequest): string {
  const value = JSON.parse(body) as { readonly body: string };
  return value.body;
}

/** Lists come in pages, with the next one in a Link header. */
function sendPage(response: ServerResponse, answer: Answer, seen: SeenRequest, url: string, limit: number): void {
  if (!Array.isArray(answer.body)) {
    send(response, answer);
    return;
  }
  const [path = "", query = ""] = seen.path.split("?", 2);
  const parameters = new URLSearchParams(query);
  const size = Math.min(Number(parameters.get("per_page") ?? 30), limit);
  const page = Number(parameters.get("page") ?? 1);
  const last = Math.max(1, Math.ceil(answer.body.length / size));
  const link = (number: number, name: string): string =>
    `<${url}${path}?per_page=${parameters.get("per_page")}&page=${number}>; rel="${name}"`;
  const links = page < last ? { link: `${link(last, "last")}, ${link(page + 1, "next")}` } : {};
  send(response, { status: 200, body: answer.body.slice((page - 1) * size, page * size) }, links);
}

function send(
  response: ServerResponse,
  { status, body }: Answer,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(async () => {
    const closed = new Promise((resolve) => {
      server.close(resolve);
    });
    server.closeAllConnections();
    await closed;
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
}
