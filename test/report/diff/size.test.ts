import { describe, expect, test } from "vitest";
import type { DiffReport } from "../../../src/diff/diff-report.ts";
import { markdown } from "../../../src/report/diff/markdown.ts";
import { approverOf, changeOf, edgeOf, findingOf, options, pairOf, reportOf } from "./report-of.ts";

describe("the size of Markdown", () => {
  const long = ["\u{1f469}", "\u{e0041}"].map((part) => part.repeat(1000));

  function huge(reason: string, size = 5000): DiffReport {
    const name = (i: number): string => `${reason.slice(0, 120)}${i}`;
    const changes = Array.from({ length: size }, (_, i) =>
      i % 5 === 4
        ? changeOf("reason-changed", name(i), { from: name(i), to: name(i + 1), before: reason, after: `${reason}2` })
        : edgeOf(i % 5 === 3 ? "edge-removed" : "edge-added", name(i), name(i + 1), {
            environments: [name(1), name(2)],
            after: { reason, ticket: reason, through: reason },
          }),
    );
    return reportOf({
      environments: [name(1), name(2), name(3)],
      changes,
      findings: Array.from({ length: 400 }, (_, i) =>
        findingOf({ message: reason, help: reason, path: Array.from({ length: 50 }, (__, j) => name(i + j)) }),
      ),
      reach: {
        gained: Array.from({ length: 1000 }, (_, i) =>
          pairOf(["internet", ...Array.from({ length: 8 }, (__, j) => name(i + j))], {
            environment: name(1),
            sensitive: true,
          }),
        ),
        lost: [],
        gainedTotal: 123_456,
        lostTotal: 0,
      },
      approvers: Array.from({ length: 300 }, (_, i) => approverOf(name(i), { github: [name(i), name(i + 1)] })),
    });
  }

  test.each([...long, "a"])("stays below what GitHub takes, and says what is left out: %#", (reason) => {
    const output = markdown(huge(reason), options);
    expect(Buffer.byteLength(output)).toBeLessThanOrEqual(65_000);
    expect(output.length).toBeLessThanOrEqual(65_000);
    expect(output).toMatch(/\d+ more changes? did not fit/);
    expect(output.match(/<details>/g)?.length ?? 0).toBe(output.match(/<\/details>/g)?.length ?? 0);
    for (const word of ["broadens access; needs ", "5000 changes from "]) expect(output).toContain(word);
    // Every row that is there is whole.
    for (const line of output.split("\n").filter((each) => each.startsWith("|"))) expect(line).toMatch(/\|$/);
  });

  test("no part takes the room of the others", () => {
    const output = markdown(huge("語".repeat(300), 600), options);
    for (const heading of ["### What changed", "### What it means", "### Who reaches whom", "### Who must approve"])
      expect(output).toContain(heading);
    const shownRows = output.split("\n").filter((line) => /^\| (?:\*\*broadens|narrows|neutral)/.test(line)).length;
    const leftOut = [...output.matchAll(/(\d+) more changes? did not fit/g)].reduce((sum, [, n]) => sum + Number(n), 0);
    expect(shownRows + leftOut).toBe(600);
  });
});
