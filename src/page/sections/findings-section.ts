import type { DriftFinding, DriftReport } from "../../drift/drift-report.ts";
import { coveredFindings } from "../../report/drift/completeness.ts";
import { describePath } from "../../report/access/describe-path.ts";
import { isOpen } from "../../report/drift/drift-format.ts";
import { worstFirst } from "../../report/drift/order-findings.ts";
import { count } from "../../words/enumerate-words.ts";
import { type Html, html } from "../html.ts";
import { placeText } from "../place-text.ts";

/** Paths of one finding that are written out. */
const MAX_PATHS = 12;

/** Every finding, worst first. What an exception accepts, and what a change that is on its way explains, is apart. */
export function findingsSection(report: DriftReport): Html {
  const covered = coveredFindings(report);
  const numbers = new Map(report.findings.map((finding, index) => [finding, index]));
  const sorted = worstFirst(report.findings).filter((finding) => !covered.has(finding));
  const open = sorted.filter(isOpen);
  const aside = sorted.filter((finding) => !isOpen(finding));
  const item = (finding: DriftFinding): Html => findingItem(finding, numbers.get(finding) ?? 0);
  return html`<section id="findings" aria-labelledby="findings-title">
    <h2 id="findings-title">Findings</h2>
    ${
      open.length === 0
        ? html`<p class="faint">Nothing differs in what was read.</p>`
        : html`<ol class="findings">
            ${open.map(item)}
          </ol>`
    }
    ${
      aside.length === 0
        ? null
        : html`<details>
            <summary>${count(aside.length, "finding")} accepted by an exception, or on the way to be mended</summary>
            <ol class="findings">
              ${aside.map(item)}
            </ol>
          </details>`
    }
  </section> `;
}

function findingItem(finding: DriftFinding, number: number): Html {
  const { severity, rule, message, confidence, services, fix, span, accepted, pending, criteria } = finding;
  const place = placeText(span);
  const sure = confidence === "certain" ? null : html` <span class="tag">${confidence}</span>`;
  const aside = accepted !== null ? `accepted by ${accepted}` : pending ? "pending" : null;
  const facts: readonly (readonly [string, string | null])[] = [
    ["Services", services.length < 2 ? null : `${services.length}: ${services.join(", ")}`],
    ["Matrix", place],
    ["Criteria", criteria.length === 0 ? null : criteria.join(", ")],
  ];
  return html`<li>
    <article class="finding" id="finding-${number}" data-finding="${number}">
      <p class="head">
        <span class="severity is-${severity}">${severity}</span>
        <code>${rule}</code>${sure}${aside === null ? null : html` <span class="tag">${aside}</span>`}
      </p>
      <h3>${message}</h3>
      ${pathList(finding)} ${fix === null ? null : html`<p class="fix"><b>Fix</b> ${fix}</p>`}
      <dl class="inline">
        ${facts.map(([label, text]) =>
          text === null
            ? null
            : html`<div>
                <dt>${label}</dt>
                <dd>${text}</dd>
              </div>`,
        )}
      </dl>
    </article>
  </li> `;
}

function pathList({ paths }: DriftFinding): Html | null {
  if (paths.length === 0) return null;
  const shown = paths.slice(0, MAX_PATHS);
  const rest = paths.length - shown.length;
  return html`<ul class="paths">
    ${shown.map((path) => html`<li>${describePath(path)}</li>`)}${
      rest === 0 ? null : html`<li>and ${count(rest, "more path")}</li>`
    }
  </ul>`;
}
