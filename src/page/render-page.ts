import { buildPageData } from "./build-page-data.ts";
import { pageScript, pageStyle } from "./generated/page-code.ts";
import { hashSource } from "./hash-source.ts";
import { codeElement, type Html, html, jsonElement } from "./html.ts";
import type { PageInput } from "./page-input.ts";
import { findingsSection } from "./sections/findings-section.ts";
import { gridSection } from "./sections/grid-section.ts";
import { pictureSection } from "./sections/picture-section.ts";
import { tablesSection } from "./sections/tables-section.ts";
import { verdictSection } from "./sections/verdict-section.ts";
import { pageVerdict } from "./verdict.ts";

/**
 * One self-contained page of HTML: what `input` says, for people. It asks no host for anything, keeps nothing, and runs no
 * script but its own. The same input gives the same bytes.
 */
export function renderPage(input: PageInput): string {
  const { grid, report } = input;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy()}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>${grid.environment}: ${pageVerdict(report).sentence}</title>
        ${codeElement("style", pageStyle)}
      </head>
      <body>
        <a class="skip" href="#access">Skip to the grid</a>
        ${topBar(input)}
        <main>
          ${verdictSection(input)} ${gridSection()} ${report === null ? null : findingsSection(report)}
          ${pictureSection(input)} ${tablesSection(grid)}
        </main>
        ${jsonElement("page-data", buildPageData(input))} ${codeElement("script", pageScript)}
      </body>
    </html> `;
  return page.toString();
}

/** Nothing may load, and nothing may run but the script that is in the page. */
export function contentSecurityPolicy(): string {
  return [
    "default-src 'none'",
    `style-src ${hashSource(pageStyle)}`,
    `script-src ${hashSource(pageScript)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function topBar({ grid, report, picture }: PageInput): Html {
  return html`<header class="top">
    <p class="brand">Trust matrix <span>${grid.environment}</span></p>
    <nav aria-label="Sections">
      <ul>
        <li><a href="#access" data-needs-script hidden>Grid</a></li>
        ${report === null ? null : html`<li><a href="#findings">Findings</a></li>`}
        ${picture === null ? null : html`<li><a href="#picture">Graph</a></li>`}
        <li><a href="#tables">Tables</a></li>
      </ul>
    </nav>
    <button type="button" id="theme" data-needs-script hidden>Theme: system</button>
  </header>`;
}
