import type { Reading } from "../snapshot/snapshot.ts";
import type { ApiClient, ApiRequest, Trouble } from "./api-client.ts";
import type { JsonObject } from "../words/json.ts";
import { listAt, MalformedAnswer, optionalObject, optionalText } from "./json.ts";
import { unreadable } from "./reading.ts";

/** How a list is asked for and answered. */
export interface PageForm {
  /** The field of the items. */
  readonly items: string;
  /** The parameter of the token. */
  readonly tokenParameter: string;
  readonly tokenOf: (body: JsonObject) => string | null;
  /** Throws MalformedAnswer for a body that is not such a list at all. */
  readonly check?: (body: JsonObject) => void;
}

/** Lists of Google's newer APIs: `{ITEMS: [...], nextPageToken}`, and `{}` for an empty one. */
export function googleList(items: string): PageForm {
  return { items, tokenParameter: "pageToken", tokenOf: (body) => optionalText(body.nextPageToken, "nextPageToken") };
}

/** Lists in the shape of Kubernetes: `{kind, metadata: {continue}, items}`. */
export function knativeList(kinds: readonly string[]): PageForm {
  return {
    items: "items",
    tokenParameter: "continue",
    tokenOf: (body) => optionalText(optionalObject(body.metadata, "metadata").continue, "metadata.continue"),
    check(body) {
      if (typeof body.kind !== "string" || !kinds.includes(body.kind))
        throw new MalformedAnswer(`kind is not ${kinds[0]}`);
    },
  };
}

interface Page {
  readonly body: JsonObject;
  readonly items: readonly unknown[];
}

/** Why the pages ended before the last one. */
type BrokenOff =
  | { readonly kind: "trouble"; readonly trouble: Trouble }
  | { readonly kind: "malformed"; readonly reason: string };

/** The pages of a list, to the end. What it returns says whether it was the end: null, or why there are no more. */
async function* readPages(
  client: ApiClient,
  request: ApiRequest,
  form: PageForm,
): AsyncGenerator<Page, BrokenOff | null, void> {
  const tokens = new Set<string>();
  const seen = new Set<string>();
  for (let token: string | null = null; ;) {
    const outcome = await client.call(withToken(request, form.tokenParameter, token));
    if (outcome.kind === "trouble") return { kind: "trouble", trouble: outcome };
    const page = parsePage(outcome.body, form);
    if (typeof page === "string") return { kind: "malformed", reason: page };
    const text = JSON.stringify(page.items);
    if (page.items.length > 0 && seen.has(text)) return { kind: "malformed", reason: "a page came twice" };
    seen.add(text);
    yield page;
    if (page.next === null) return null;
    if (tokens.has(page.next)) return { kind: "malformed", reason: "a page token came twice" };
    tokens.add(page.next);
    token = page.next;
  }
}

/** A list that is asked for with a body takes the token there. */
function withToken(request: ApiRequest, parameter: string, token: string | null): ApiRequest {
  if (token === null) return request;
  if (request.body !== undefined) return { ...request, body: { ...request.body, [parameter]: token } };
  return { ...request, query: { ...request.query, [parameter]: token } };
}

/** All items of a list, and the bodies that they came in. Broken off after the first page it is partial. */
export async function readList(
  client: ApiClient,
  request: ApiRequest,
  form: PageForm,
): Promise<{
  readonly items: Reading<readonly unknown[]>;
  readonly bodies: readonly JsonObject[];
  readonly trouble: Trouble | null;
}> {
  const items: unknown[] = [];
  const bodies: JsonObject[] = [];
  const pages = readPages(client, request, form);
  for (;;) {
    const step = await pages.next();
    if (step.done !== true) {
      items.push(...step.value.items);
      bodies.push(step.value.body);
      continue;
    }
    const broken = step.value;
    if (broken === null) return { items: { status: "read", value: items }, bodies, trouble: null };
    const trouble = broken.kind === "trouble" ? broken.trouble : null;
    const reading = trouble === null ? { status: "failed" as const, reason: reasonOf(broken) } : unreadable(trouble);
    if (bodies.length === 0) return { items: reading, bodies, trouble };
    const reason = `page ${bodies.length + 1}: ${reading.reason}`;
    return { items: { status: "partial", value: items, reason }, bodies, trouble };
  }
}

function reasonOf(broken: BrokenOff): string {
  return broken.kind === "malformed" ? broken.reason : broken.trouble.reason;
}

function parsePage(body: JsonObject, form: PageForm): (Page & { readonly next: string | null }) | string {
  try {
    form.check?.(body);
    return { body, items: listAt(body[form.items], form.items), next: form.tokenOf(body) };
  } catch (error) {
    if (error instanceof MalformedAnswer) return error.message;
    throw error;
  }
}
