import type { Grid, GridCell } from "../../ask/grid.ts";
import { count } from "../../words/enumerate-words.ts";
import { cellLooks } from "../cell-looks.ts";
import { calleeFacts, callerFacts, type Fact } from "../member-facts.ts";
import { type Html, html, type Part } from "../html.ts";
import { placeText } from "../place-text.ts";

/** Everything that the grid shows, as tables: for print, and for readers without a script. */
export function tablesSection(grid: Grid): Html {
  return html`<section id="tables" aria-labelledby="tables-title">
    <h2 id="tables-title">Tables</h2>
    <noscript><p>The grid needs a script. All that it shows stands in these tables.</p></noscript>
    ${pairs(grid)}
    ${members(
      "Services",
      grid.callees.length,
      "service",
      calleeLabels,
      grid.callees.map((callee) => [callee.id, calleeFacts(callee)]),
    )}
    ${members(
      "Callers",
      grid.callers.length,
      "caller",
      callerLabels,
      grid.callers.map((caller) => [caller.id, callerFacts(caller)]),
    )}
  </section> `;
}

const calleeLabels = [
  "Does",
  "Owner",
  "Labels",
  "Runs in",
  "Runs as",
  "Ingress",
  "Public",
  "Behind",
  "Mode",
  "Stage",
  "Matrix",
];
const callerLabels = ["Is", "Does", "Owner", "Labels", "Principal", "Matrix"];

function pairs({ cells, findings }: Grid): Html {
  const head = ["Caller", "Service", "State", "Reason", "Owner", "Ticket", "Expires", "Reviewed", "Matrix", "Findings"];
  const rows = cells.map((cell) => pairRow(cell, (index) => findings[index]?.rule ?? ""));
  return table(`Who calls whom: ${count(cells.length, "pair")}`, head, rows);
}

function pairRow(
  { caller, callee, state, edges, findings }: GridCell,
  ruleOf: (index: number) => string,
): readonly Part[] {
  const each = (textOf: (edge: GridCell["edges"][number]) => string | null): Part => unique(edges.map(textOf));
  return [
    caller,
    callee,
    `${cellLooks[state].glyph} ${cellLooks[state].name}`,
    each(({ reason }) => reason),
    each(({ owner }) => owner),
    each(({ ticket }) => ticket),
    each(({ expires }) => expires),
    each(({ reviewed }) => reviewed),
    each(({ span }) => placeText(span)),
    unique(findings.map(ruleOf)),
  ];
}

function unique(texts: readonly (string | null)[]): string {
  return [...new Set(texts.filter((text) => text !== null && text !== ""))].join("; ");
}

function members(
  title: string,
  size: number,
  noun: string,
  labels: readonly string[],
  rows: readonly (readonly [string, readonly Fact[]])[],
): Html {
  const used = labels.filter((label) => rows.some(([, facts]) => facts.some(([each]) => each === label)));
  const cells = rows.map(([id, facts]) => {
    const texts = new Map(facts);
    return [id, ...used.map((label) => texts.get(label))];
  });
  return table(`${title}: ${count(size, noun)}`, ["Name", ...used], cells);
}

function table(title: string, head: readonly string[], rows: readonly (readonly Part[])[]): Html {
  return html`<details class="table">
    <summary>${title}</summary>
    <div class="scroll" role="region" aria-label="${title}" tabindex="0">
      <table>
        <thead>
          <tr>
            ${head.map((each) => html`<th scope="col">${each}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ([first, ...rest]) =>
              html`<tr>
                <th scope="row">${first}</th>
                ${rest.map((each) => html`<td>${each}</td>`)}
              </tr> `,
          )}
        </tbody>
      </table>
    </div>
  </details> `;
}
