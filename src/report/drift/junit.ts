import type { DriftFinding, DriftReport, UnreadEntry } from "../../drift/drift-report.ts";
import { count } from "../../words/enumerate-words.ts";
import type { ReportedRule } from "../findings/finding-report.ts";
import { type XmlElement, xmlElement, xmlText } from "../xml/xml-element.ts";
import { completenessOf, coveredFindings } from "./completeness.ts";
import { describePath } from "../access/describe-path.ts";
import { describeAttribution } from "./describe-attribution.ts";
import { describeUnread, inDoubt } from "../access/describe-unread.ts";
import { type DriftFormatOptions, type DriftFormatter, isDriftFailure, isOpen } from "./drift-format.ts";
import { conclusion, headline } from "./headline.ts";
import { notes } from "./notes.ts";
import { worstFirst } from "./order-findings.ts";

const NAME = "matrix drift";

/** A test case, and whether it counts as failed, as broken or as not run. */
interface Case {
  readonly outcome: "passed" | "failed" | "error" | "skipped";
  readonly element: XmlElement;
}

/**
 * JUnit XML as GitLab and Jenkins take it: an error for each read that failed, then a test case for each rule. Accepted
 * and pending findings are test cases that were skipped, and so is a rule that found nothing where not all was read.
 */
export const junit: DriftFormatter = (report, options) => {
  const covered = coveredFindings(report);
  const cases = [
    ...unreadCases(report),
    ...rulesOf(report, options).map((rule) => ruleCase(rule, report, options)),
    ...worstFirst(report.findings)
      .filter((finding) => !isOpen(finding) && !covered.has(finding))
      .map((finding) => asideCase(finding)),
  ];
  const counts = {
    tests: cases.length,
    failures: cases.filter(({ outcome }) => outcome === "failed").length,
    errors: cases.filter(({ outcome }) => outcome === "error").length,
    skipped: cases.filter(({ outcome }) => outcome === "skipped").length,
  };
  const remarks = notes(report, { verbose: true }).map(({ about, text }) => `${about}: ${text}`);
  const suite = xmlElement("testsuite", { name: `${NAME} ${report.environment}`, ...counts }, [
    ...cases.map(({ element }) => element),
    xmlText("system-out", {}, [headline(report), ...remarks, conclusion(report)]),
  ]);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    ...xmlElement("testsuites", { name: NAME, ...counts }, [suite]),
  ];
  return lines.map((line) => `${line}\n`).join("");
};

function testCase(name: string, outcome: Case["outcome"], children: readonly XmlElement[]): Case {
  return { outcome, element: xmlElement("testcase", { classname: NAME, name }, children) };
}

function unreadCases(report: DriftReport): readonly Case[] {
  const { missing, accepted } = completenessOf(report);
  const covered = coveredFindings(report);
  const name = ({ what, resource }: UnreadEntry): string => `read ${what} of ${resource}`;
  const lines = (entry: UnreadEntry): readonly string[] => {
    const fix = covered.fixOf(entry);
    return [
      `not read: ${describeUnread(entry)}`,
      inDoubt(entry, { verbose: true }),
      ...(fix === null ? [] : [`fix: ${fix}`]),
    ];
  };
  return [
    ...missing.map((entry) => {
      const message = `not read (${entry.status}): ${entry.reason}`;
      return testCase(name(entry), "error", [xmlText("error", { type: "not-readable", message }, lines(entry))]);
    }),
    ...accepted.map((entry) => {
      const message = `accepted by ${entry.accepted}: not read (${entry.status}): ${entry.reason}`;
      return testCase(name(entry), "skipped", [xmlElement("skipped", { message })]);
    }),
  ];
}

/** The rules in effect, and those that found something without being among them. */
function rulesOf({ findings }: DriftReport, { rules }: DriftFormatOptions): readonly Omit<ReportedRule, "severity">[] {
  const known = new Set(rules.map(({ id }) => id));
  const unlisted = new Set(findings.map(({ rule }): string => rule).filter((rule) => !known.has(rule)));
  return [...rules, ...[...unlisted].map((id) => ({ id, summary: "" }))];
}

function ruleCase(
  { id, summary }: Omit<ReportedRule, "severity">,
  report: DriftReport,
  options: DriftFormatOptions,
): Case {
  const covered = coveredFindings(report);
  const found = report.findings.filter((finding) => finding.rule === id && isOpen(finding) && !covered.has(finding));
  const failures = found.filter((finding) => isDriftFailure(finding, options));
  const others = found.filter((finding) => !isDriftFailure(finding, options));
  const [first, ...more] = failures;
  const name = summary === "" ? id : `${id}: ${summary}`;
  const rest = others.length === 0 ? [] : [xmlText("system-out", {}, others.flatMap(findingLines))];
  if (first !== undefined) {
    // One failure for all: of several, GitLab and Jenkins show the first.
    const message = more.length === 0 ? first.message : `${first.message} (and ${count(more.length, "more", "more")})`;
    return testCase(name, "failed", [
      xmlText("failure", { type: id, message }, failures.flatMap(findingLines)),
      ...rest,
    ]);
  }
  // A rule that found nothing in a world that was read in part has not passed.
  if (!completenessOf(report).isComplete) {
    return testCase(name, "skipped", [xmlElement("skipped", { message: "not everything was read" }), ...rest]);
  }
  return testCase(name, "passed", rest);
}

function asideCase({ rule, accepted, message, fingerprint }: DriftFinding): Case {
  const why = accepted === null ? "pending" : `accepted by ${accepted}`;
  // The fingerprint tells apart two findings that read alike.
  const name = `${rule}: ${message} (${fingerprint.slice(0, 8)})`;
  return testCase(name, "skipped", [xmlElement("skipped", { message: why })]);
}

/** Starts with a word of its own: a line that a hostile text starts could be a command to the server that prints it. */
function findingLines(finding: DriftFinding): readonly string[] {
  const { severity, message, paths, services, fix } = finding;
  return [
    `${severity}: ${message}`,
    ...paths.map((path) => `  by: ${describePath(path)}`),
    ...describeAttribution(finding).map((each) => `  who: ${each}`),
    ...(services.length < 2 ? [] : [`  services: ${services.join(", ")}`]),
    ...(fix === null ? [] : [`  fix: ${fix}`]),
  ];
}
