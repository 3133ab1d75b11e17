import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changeKinds, type ChangeKind } from "../../../src/diff/change-kind.ts";
import { approvalReasons, type DiffReport, impacts } from "../../../src/diff/diff-report.ts";
import { diffFormatNames, type DiffFormatName } from "../../../src/report/diff/format-names.ts";
import { diffFormats } from "../../../src/report/diff/formats.ts";
import { type RunnerCommand, runnerCommand } from "../runner-command.ts";
import { textOf } from "../text-of.ts";
import { approverOf, changeOf, findingOf, options, pairOf, reportOf } from "./report-of.ts";

const hostile: Readonly<Record<string, string>> = {
  "escape sequence": "a\u001b[2J\u001b]8;;https://evil.example\u0007b\u009b31mc",
  bidi: "a\u202e\u2066b\u2069\u200f\u061cc",
  invisible: "a\u200b\u00ad\u{e0041}\u2060\u3164\ufeffb",
  "workflow command": "::error::x",
  "workflow command after a line break": "a\n::stop-commands::x\r\n  ::set-output name=x::y",
  "command of a build server": "a ##[stop-commands]x ##vso[task.setvariable variable=x]y",
  "end of details": "</details></td></table><details open><summary>No change</summary>",
  "end of a comment": "--> <!-- matrix diff --> -->",
  tags: `</code><script>alert('1')</script><img src=x onerror=alert(1)>"`,
  "NUL and the like": "a\0b\u0001c\u007fd\ufffee\uffff",
  "lone surrogates": "a\ud800b\udc00c",
  "Markdown that ends a table": "a | b |\n| --- | --- |\n\n# No change\n\n[x](https://evil.example) **b** `c` ``d",
  "end of the fence": "```\n~~~\n</pre>",
  "mention and link":
    "@everyone @acme/security #1 www.evil.example ![](https://evil.example/x.png) https://evil.example",
  "Mermaid that ends a label": '"]; click n1 "https://evil.example"; n1["',
  "a directive of Mermaid": "%%{init: {'securityLevel': 'loose'}}%%",
  "words of Mermaid": "end; subgraph x; style n1 fill:red; fa:fa-bell #quot; \ufb02°°35¶ß",
  "very long": `${"\u{1f469}".repeat(300)}|`,
};

/** A report that holds a text wherever a matrix, a command line or git can put text. */
function reportFull(text: string): DiffReport {
  const span = { file: text, line: 2, column: 2, endLine: 2, endColumn: 3 };
  const value = { reason: text, [text]: [text, { [text]: text }] };
  const kinds = Object.keys(changeKinds) as ChangeKind[];
  const changes = kinds.map((kind, i) =>
    changeOf(kind, text, {
      environments: [text, `${text}2`],
      from: changeKinds[kind] === "edge" ? text : null,
      to: changeKinds[kind] === "edge" ? `${text}${i}` : text,
      before: i % 3 === 0 ? null : i % 3 === 1 ? text : value,
      after: i % 4 === 0 ? null : i % 3 === 1 ? `${text}3` : value,
      impact: impacts[i % 3] ?? "neutral",
      span: i % 2 === 0 ? span : null,
      baseSpan: span,
    }),
  );
  const pair = pairOf(["internet", text, `${text}4`], { environment: text, sensitive: true });
  return reportOf({
    base: { name: text, commit: text, isPresent: false },
    head: { name: text, commit: null, isPresent: true },
    asOf: text,
    environments: [text, `${text}2`],
    changes,
    findings: [
      findingOf({ message: text, help: text, environments: [text], subject: text, path: [text, text], span }),
      findingOf({ rule: "account-destroyed", severity: "error", message: text, subject: text }),
    ],
    reach: { gained: [pair], lost: [pair], gainedTotal: 2, lostTotal: 1 },
    approvers: [
      approverOf(text, { github: [text, `${text}2`], reasons: approvalReasons }),
      approverOf(text, { github: [] }),
    ],
  });
}

const bad = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const shown = { ...options, verbose: true };

/** The lines of any format that show what nobody sees, or that GitHub's runner would obey without being asked to. */
function badLines(text: string): readonly string[] {
  const report = reportFull(text);
  return diffFormatNames.flatMap((name) =>
    (name === "text" ? [options, shown] : [options]).flatMap((given) =>
      diffFormats[name](report, given)
        .split("\n")
        .filter((line) => bad.test(line) || isUnmeant(runnerCommand(line), name))
        .map((line) => `${name}: ${JSON.stringify(line.slice(0, 300))}`),
    ),
  );
}

function isUnmeant(command: RunnerCommand | undefined, format: DiffFormatName): boolean {
  if (command === undefined) return false;
  const title = command.properties["title"] ?? "";
  return format !== "github" || !/^(internet-reaches|account-destroyed|(broadens|narrows)( \([a-z-]+\))?)$/.test(title);
}

/** Markdown without its code, its table and what this tool writes itself: what GitHub would look into. */
function outsideCode(text: string): string {
  return text
    .replace(/```mermaid\n[^`]*\n```\n/g, "")
    .replace(/`[^`|\\\n]*`|<code>(?:[^<>`|\\\n]*)<\/code>/g, "")
    .replace(/<br>|<\/?details>|<\/?summary>|\*\*|^### |->/gm, "")
    .replace(/^\|.*\|$/gm, (row) => row.replaceAll("|", ""));
}

const parts =
  ':: ##[ ] \n \r \u001b[ % < & --> </details> \u202e @ | \\ ` * ``` " ; %%{ } ( \ud83d #quot; 1. - _ a www.x.y : ~~~ $'
    .split(" ")
    .concat(" ");

const anyText = textOf(parts);

describe("hostile text in a diff", () => {
  test.each(Object.entries(hostile))("%s: no format lets it out", (_, text) => {
    expect(badLines(text)).toEqual([]);
  });

  test("whatever the text, no line holds a control character or a command", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(badLines(text)).toEqual([]);
      }),
      { numRuns: 10, seed: 7 },
    );
  });

  test("Markdown: nothing outside of code has a meaning, and the fence holds", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.constantFrom(...Object.values(hostile))), (text) => {
        const output = diffFormats.markdown(reportFull(text), options);
        expect(outsideCode(output)).not.toMatch(/[`*_<>[\]\\~@$!{}^&]|www\.|:\/\/|<!--/);
        expect(output.match(/^```/gm)).toHaveLength(2);
        const graph = /```mermaid\n([^`]*)\n```/.exec(output)?.[1] ?? "";
        const node = String.raw`n\d+(?:\["[^"]*"\]|\[\["[^"]*"\]\]|\(\["[^"]*"\]\))`;
        const edge = String.raw`n\d+ (?:-->|(?:==>|-\.->)\|"[^"]*"\|) n\d+`;
        for (const line of graph.split("\n"))
          expect(line).toMatch(new RegExp(String.raw`^(?:flowchart LR|  (?:${node}|${edge}))$`));
        for (const [, label = ""] of graph.matchAll(/"([^"]*)"/g))
          expect(label).toMatch(/^(?:[\p{L}\p{N}\p{M} _-]|#\d+;)+$/u);
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  test("no text adds a cell to a table", () => {
    for (const text of Object.values(hostile)) {
      const tables = diffFormats
        .markdown(reportFull(text), options)
        .split(/\n(?!\|)/)
        .map((part) => part.split("\n").filter((line) => line.startsWith("|")))
        .filter((rows) => rows.length > 0);
      expect(tables.length).toBeGreaterThan(3);
      for (const rows of tables) expect(new Set(rows.map((row) => row.split("|").length)).size).toBe(1);
    }
  });

  test("JSON gives every character back", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { changes, findings, approvers, head } = JSON.parse(diffFormats.json(reportFull(text), options));
        expect(head.name).toBe(text);
        expect(changes[0]).toMatchObject({ subject: text, environments: [text, `${text}2`] });
        expect(findings[0]).toMatchObject({ message: text, help: text, path: [text, text] });
        expect(approvers[0]).toMatchObject({ owner: text, github: [text, `${text}2`] });
      }),
      { numRuns: 20, seed: 7 },
    );
  });
});
