import { describe, expect, test } from "vitest";
import { SKIPPED_WITHOUT_BROWSER, SLOW, visit, withoutBrowser } from "./visit.ts";

const policy = `<meta http-equiv="Content-Security-Policy" content="style-src 'none'">`;

/** What no page may do, and what is said of it. */
const loud: readonly (readonly [html: string, complaint: RegExp])[] = [
  [`<img src="http://pictures.example/x.png">`, /^request: http:\/\/pictures\.example\/x\.png$/m],
  [`<link rel=stylesheet href="style.css">`, /^request: file:.*style\.css$/m],
  [`<script>alert("here")</script>`, /^dialog: here$/m],
  [`<script>console.error("bad")</script>`, /^console: bad$/m],
  [`<script>console.warn("odd")</script>`, /^console: odd$/m],
  [`<script>throw new Error("broken")</script>`, /^thrown: Error: broken$/m],
  [`<p style="color: red">`, /^console: .*Content Security Policy/m],
  [`<script>open("about:blank")</script>`, /^window: /m],
];

describe.skipIf(withoutBrowser)(`a visit to a page (${SKIPPED_WITHOUT_BROWSER})`, SLOW, () => {
  test("a quiet page shows itself, and nothing is said", async () => {
    const html = `<!doctype html><title>t</title>${policy}<p>here</p>`;
    expect(await visit(html, {}, (page) => page.locator("p").innerText())).toBe("here");
  });

  test("whatever a page does that none may do is noticed", async () => {
    const html = policy + loud.map(([part]) => part).join("\n");
    const error = await visit(html, {}, (page) => page.waitForTimeout(100)).catch(String);
    for (const [, complaint] of [...loud, ["", /^network: \d+ connections$/m] as const])
      expect(error).toMatch(complaint);
  });
});
