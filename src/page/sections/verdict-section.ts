import { completenessOf, coveredFindings } from "../../report/drift/completeness.ts";
import { describeUnread, inDoubt } from "../../report/access/describe-unread.ts";
import { notes } from "../../report/drift/notes.ts";
import { count } from "../../words/enumerate-words.ts";
import type { DriftReport } from "../../drift/drift-report.ts";
import { type Html, html } from "../html.ts";
import type { PageInput } from "../page-input.ts";
import { showPeriod, showTime } from "../show-time.ts";
import { pageVerdict } from "../verdict.ts";

const signs = { agree: "✓", differ: "!", incomplete: "?", declared: "○" } as const;

/** The first that a reader sees: what it comes to, how much was read, and what the answer stands on. */
export function verdictSection(input: PageInput): Html {
  const { grid, report } = input;
  const { tone, sentence, note } = pageVerdict(report);
  return html`<section class="verdict is-${tone}" aria-labelledby="verdict">
    <p class="where"><b>${grid.environment}</b> ${grid.matrix}</p>
    <h1 id="verdict"><span class="sign" aria-hidden="true">${signs[tone]}</span> ${sentence}</h1>
    <p class="note">${note}</p>
    ${report === null ? null : unreadList(report)}
    <dl class="stands">
      ${standsOn(input).map(
        ([label, text]) =>
          html`<div>
            <dt>${label}</dt>
            <dd>${label === "Snapshot" || label === "Commit" ? html`<code>${text}</code>` : text}</dd>
          </div>`,
      )}
    </dl>
    ${report === null ? null : remarks(report)}
  </section> `;
}

function standsOn({ grid, report, history, version }: PageInput): readonly (readonly [string, string])[] {
  const services = grid.callees.filter(({ key }) => key !== null).length;
  const foreign = grid.callees.length - services;
  const size = `${count(services, "service")}${foreign === 0 ? "" : ` and ${foreign} that the matrix does not name`}, ${count(grid.callers.length, "caller")}`;
  return [
    ...(report === null
      ? []
      : ([
          ["Read", showPeriod(report.snapshot.startedAt, report.snapshot.finishedAt)],
          ["By", report.snapshot.reader ?? "not named by the credentials"],
        ] as const)),
    ["Judged as of", showTime(grid.asOf)],
    ["Holds", size],
    ["Made by", `matrix ${version}`],
    ...(history === null ? [] : [["Commit", commitText(history)] as const]),
    ...(report === null ? [] : [["Snapshot", `sha256:${report.snapshot.sha256}`] as const]),
  ];
}

function commitText({ commit, cutOff }: NonNullable<PageInput["history"]>): string {
  const older = cutOff === null ? "" : `; older history is not here: ${cutOff}`;
  if (commit === null) return `none: the files differ from every commit${older}`;
  return `${commit.id}, ${showTime(new Date(commit.at).toISOString())} by ${commit.author}: ${commit.subject}${older}`;
}

function unreadList(report: DriftReport): Html | null {
  const { isComplete, missing } = completenessOf(report);
  if (isComplete) return null;
  const covered = coveredFindings(report);
  return html`<h2 class="small">Not read</h2>
    <ul class="unread">
      ${missing.map((entry) => {
        const fix = covered.fixOf(entry);
        return html`<li>
          ${describeUnread(entry)} <span class="faint">${inDoubt(entry, { verbose: true })}</span>${
            fix === null ? null : html`<br /><span class="faint">What helps:</span> ${fix}`
          }
        </li>`;
      })}
    </ul>`;
}

/** What else a reader should know before believing it. When and by whom it was read is said already. */
function remarks(report: DriftReport): Html | null {
  const told = notes(report, { verbose: true }).filter(({ about }) => about !== "snapshot");
  if (told.length === 0) return null;
  return html`<details class="remarks">
    <summary>What the answer stands on besides (${told.length})</summary>
    <ul>
      ${told.map(({ about, text }) => html`<li><b>${about}</b> ${text}</li>`)}
    </ul>
  </details>`;
}
