import { source } from "axe-core";
import type { Page } from "playwright-core";

/** What axe-core holds against a page as it stands, best practices included: a rule and its places each. */
export async function findViolations(page: Page): Promise<readonly string[]> {
  // Not as a script of the page, which its policy refuses.
  await page.evaluate(source);
  return page.evaluate<readonly string[]>(`axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ": " + nodes.map(({ target }) => target.join(" ")).join(", ")))`);
}
