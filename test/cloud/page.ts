import { type Answer, type Call, ok, refusal } from "./answer.ts";

interface PageNames {
  /** Query parameters. */
  readonly size: string;
  readonly token: string;
  /** How many there are at most where the client asks for none, and where it asks for more. */
  readonly standard: number;
  readonly most: number;
}

export const googlePage: PageNames = { size: "pageSize", token: "pageToken", standard: 100, most: 1000 };
/** IAM v1: docs of `projects.serviceAccounts.list`. */
export const accountPage: PageNames = { ...googlePage, standard: 20, most: 100 };
export const knativePage: PageNames = { size: "limit", token: "continue", standard: 100, most: 1000 };

/** Which page an answer is, and where its token leads. Faults turn both. */
interface Token {
  readonly at: number;
  /** The list that it continues: a token of another list is refused, as Google does. */
  readonly list: string;
  /** `loop`: answer this page with its own token again, for ever. */
  readonly fault?: "loop";
}

/** One page: the items and the token of the next, if there is one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/**
 * The page that the call asks for, in the shape that `body` gives it. `duplicatedPage` serves the records of the page
 * before once more in place of its own, the first page its own under the token of the second; `loopingToken` gives a
 * token that leads to this page for ever.
 */
export function answerPage<T>(
  call: Call,
  all: readonly T[],
  names: PageNames,
  body: (page: Page<T>) => unknown,
): Answer {
  const list = call.path;
  const given = call.query.get(names.token);
  const token: Token | undefined = given === null ? { at: 0, list } : decodeToken(given);
  if (token === undefined || token.list !== list) {
    return refusal(400, "Request contains an invalid argument.", "INVALID_PAGE_TOKEN");
  }
  const asked = Number(call.query.get(names.size) ?? 0) || names.standard;
  const size = Math.max(1, Math.min(asked, names.most, call.pageSize));
  const end = token.at + size;
  const own = end < all.length ? encodeToken({ at: end, list }) : undefined;
  if (call.pageFault === "loopingToken" || token.fault === "loop") {
    return ok(body({ items: all.slice(token.at, end), next: encodeToken({ at: token.at, list, fault: "loop" }) }));
  }
  if (call.pageFault === "duplicatedPage") {
    const before = Math.max(0, token.at - size);
    // On the first page: the token leads here again, and that time all goes well.
    const next = token.at === 0 ? encodeToken({ at: 0, list }) : own;
    return ok(body({ items: all.slice(before, before + size), next }));
  }
  return ok(body({ items: all.slice(token.at, end), next: own }));
}

/** The usual shape: `{NAME: [...], nextPageToken}`, and `{}` for an empty list. */
export function listBody<T>(name: string, page: Page<T>): unknown {
  return {
    ...(page.items.length === 0 ? {} : { [name]: page.items }),
    ...(page.next === undefined ? {} : { nextPageToken: page.next }),
  };
}

function encodeToken(token: Token): string {
  return Buffer.from(JSON.stringify(token)).toString("base64url");
}

function decodeToken(text: string): Token | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    return isToken(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isToken(value: unknown): value is Token {
  return typeof value === "object" && value !== null && "at" in value && "list" in value;
}
