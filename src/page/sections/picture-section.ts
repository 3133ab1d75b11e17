import { type Html, html, pictureElement } from "../html.ts";
import type { PageInput } from "../page-input.ts";

/** The drawing of the graph, where there is one. */
export function pictureSection({ picture }: PageInput): Html | null {
  if (picture === null) return null;
  return html`<section id="picture" aria-labelledby="picture-title">
    <h2 id="picture-title">Graph</h2>
    <p class="faint">Arrows go from caller to service. What is open in the grid is lit here.</p>
    <div class="scroll drawing" role="region" aria-label="Drawing of the graph" tabindex="0">
      ${pictureElement(picture)}
    </div>
  </section> `;
}
