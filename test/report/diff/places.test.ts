import { describe, expect, test } from "vitest";
import type { Change, DiffReport } from "../../../src/diff/diff-report.ts";
import { github } from "../../../src/report/diff/github.ts";
import { markdown } from "../../../src/report/diff/markdown.ts";
import { text } from "../../../src/report/diff/text.ts";
import { columnsOf, wrapLine } from "../../../src/report/terminal/wrap-line.ts";
import { runnerCommand } from "../runner-command.ts";
import { at, edgeOf, findingOf, options, reportOf } from "./report-of.ts";
import { scenes } from "./scenes.ts";

const edges = (count: number): readonly Change[] =>
  Array.from({ length: count }, (_, i) => edgeOf("edge-added", "shop", `s${i}`));
const intoPayments = edgeOf("edge-added", "shop", "payments", { rules: ["caller-gained", "sensitive-gains-caller"] });

describe("annotations", () => {
  const commandsOf = (report: DiffReport) =>
    github(report, options)
      .split("\n")
      .flatMap((line) => runnerCommand(line) ?? []);

  test("one for each line, with the gravest title; a sensitive edge once", () => {
    const edge = { ...intoPayments, fingerprint: "e" };
    const findings = [
      findingOf({ rule: "never-newly-broken", severity: "error", message: "broken", span: at(42) }),
      findingOf({ rule: "sensitive-gains-caller", message: "gains", changes: ["e"], span: at(42) }),
    ];
    const [only, ...others] = commandsOf(reportOf({ changes: [edge], findings }));
    expect(others).toEqual([]);
    expect([only?.name, only?.properties["title"]]).toEqual(["error", "never-newly-broken"]);
    expect(only?.data).toBe("broken\nlets shop call payments (sensitive)\nreason: shop needs payments");
  });

  test("no more than GitHub shows, and the last says how many are left out", () => {
    const changes = Array.from({ length: 25 }, (_, i) => edgeOf("edge-added", "a", `b${i}`, { span: at(i + 1) }));
    const commands = commandsOf(reportOf({ changes }));
    expect(commands).toHaveLength(10);
    expect(commands.at(-1)?.data).toMatch(/\nand 15 more places, which GitHub would not show/);
  });
});

describe("lines of a terminal", () => {
  test("none is wider than the terminal where its words are not, and no word is lost", () => {
    for (const report of Object.values(scenes))
      for (const verbose of [false, true]) {
        const [narrow, wide] = [60, 10_000].map((width) => text(report, { ...options, verbose, width }));
        for (const line of narrow?.split("\n") ?? [])
          if (columnsOf(line) > 60) expect(line.trim()).toMatch(/^(?:\S+:? )?\S+(?: of \S+)?$/);
        expect(narrow?.split(/\s+/).sort()).toEqual(wide?.split(/\s+/).sort());
      }
  });

  test("breaks between words, keeps styles, and starts no line with a command", () => {
    expect(wrapLine("  aaa bbb ccc", 10, 4)).toEqual(["  aaa bbb", "    ccc"]);
    expect(wrapLine("\u001b[1maaa bbb\u001b[0m", 7, 2)).toEqual(["\u001b[1maaa bbb\u001b[0m"]);
    expect(wrapLine("aaa ::error::x bbb", 6, 2)).toEqual(["aaa ::error::x", "  bbb"]);
  });
});

describe("Markdown", () => {
  test("a snippet in a help is one piece of code", () => {
    const help = 'write who approves: owners: { web: { github: "@org/team" } }, in a change of its own';
    const output = markdown(reportOf({ changes: edges(1), findings: [findingOf({ help })] }), options);
    expect(output).toContain('write who approves: `owners: { web: { github: "@org/team" } }`, in a change of its own');
  });

  test("a commit is said once, and short", () => {
    const commit = "8c1f6f0e2d3b4a59687766554433221100ffeedd";
    const base = { name: `${commit}:matrix.yaml`, commit, isPresent: true };
    const output = markdown(reportOf({ changes: edges(1), base }), options);
    expect(output).toContain("1 change from `8c1f6f0e2d3b:matrix.yaml` to `matrix.yaml`");
    expect(output).not.toContain(commit);
  });
});
