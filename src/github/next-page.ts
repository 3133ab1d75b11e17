/**
 * Where the next page of a list is: the `next` of a Link header; undefined for the last page.
 * docs: /en/rest/using-the-rest-api/using-pagination-in-the-rest-api
 */
export function nextPage(link: string | undefined): string | undefined {
  for (const [, url, parameters = ""] of (link ?? "").matchAll(/<([^<>]*)>((?:\s*;\s*[^,;<]+)*)/g)) {
    if (/;\s*rel="?next"?\s*(?:;|$)/.test(parameters)) return url;
  }
  return undefined;
}
