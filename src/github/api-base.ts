import { isLoopback } from "../http/is-loopback.ts";
import { SetupError } from "../http/setup-error.ts";

/** Where GitHub's API is, where the runner does not say. docs: /en/actions/reference/workflows-and-actions/variables */
const PUBLIC_API = "https://api.github.com";

/**
 * The base of GitHub's API, without a slash at its end: that of GITHUB_API_URL, which on GitHub Enterprise Server ends in
 * `/api/v3`. Throws a SetupError for a URL that a token must not go to.
 */
export function apiBase(given: string | undefined): string {
  const text = given === undefined || given === "" ? PUBLIC_API : given;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new SetupError("GITHUB_API_URL is not a URL");
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "")
    throw new SetupError("GITHUB_API_URL must hold nothing but a host and a path");
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname)))
    throw new SetupError("GITHUB_API_URL must start with https://, since it receives the token");
  return url.href.replace(/\/+$/, "");
}

/** A path of the API; each part stays one part, whatever it holds. */
export function apiPath(...parts: readonly (string | number)[]): string {
  return parts
    .map((part) => {
      const text = String(part);
      if (text === "" || text === "." || text === "..") throw new Error(`"${text}" is no part of a path`);
      return `/${encodeURIComponent(text)}`;
    })
    .join("");
}
