import type { Finding } from "../../finding/finding.ts";
import { count } from "../../words/enumerate-words.ts";
import { type XmlElement, xmlElement, xmlText } from "../xml/xml-element.ts";
import { environmentNote } from "./environment-note.ts";
import { stoodBefore } from "./summary-line.ts";
import { type FindingReport, type Formatter, isFailure, type ReportedRule } from "./finding-report.ts";

const NAME = "matrix validate";

interface Case {
  readonly id: string;
  readonly name: string;
  readonly failures: readonly Finding[];
  readonly others: readonly Finding[];
  readonly isSkipped: boolean;
}

/** JUnit XML as GitLab and Jenkins take it: a test case for each rule, so that a clean run shows what it checked. */
export const junit: Formatter = (report) => {
  const cases = toCases(report);
  const counts = {
    tests: cases.length,
    failures: cases.filter(({ failures }) => failures.length > 0).length,
    errors: 0,
    skipped: cases.filter(({ isSkipped }) => isSkipped).length,
  };
  const suite = xmlElement("testsuite", { name: NAME, ...counts }, [
    ...cases.map((each) => testCase(each, report)),
    ...since(report),
  ]);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    ...xmlElement("testsuites", { name: NAME, ...counts }, [suite]),
  ];
  return lines.map((line) => `${line}\n`).join("");
};

function since(report: FindingReport): readonly XmlElement[] {
  return report.since === undefined ? [] : [xmlText("system-out", {}, [`new findings only${stoodBefore(report)}`])];
}

function toCases({ findings, rules, summary, failOn }: FindingReport): readonly Case[] {
  const known = new Set(rules.map(({ id }) => id));
  const unlisted = new Set(findings.map(({ rule }) => rule).filter((rule) => !known.has(rule)));
  const tested: readonly Pick<ReportedRule, "id" | "summary">[] = [
    ...rules,
    ...[...unlisted].map((id) => ({ id, summary: "" })),
  ];
  return tested.map(({ id, summary: what }) => {
    const found = findings.filter(({ rule }) => rule === id);
    return {
      id,
      name: what === "" ? id : `${id}: ${what}`,
      failures: found.filter((finding) => isFailure(finding, { failOn })),
      others: found.filter((finding) => !isFailure(finding, { failOn })),
      // A rule that found nothing in a matrix that could not be read has not passed.
      isSkipped: summary === undefined && found.length === 0,
    };
  });
}

function testCase({ id, name, failures, others, isSkipped }: Case, report: FindingReport): XmlElement {
  const [first, ...more] = failures;
  const lines = (found: readonly Finding[]) => found.flatMap((finding) => findingLines(finding, report));
  return xmlElement("testcase", { classname: NAME, name }, [
    ...(isSkipped ? [xmlElement("skipped", { message: "the matrix could not be read" })] : []),
    // One failure for all: of several, GitLab and Jenkins show the first.
    ...(first === undefined
      ? []
      : [xmlText("failure", { type: id, message: headline(first, more.length) }, lines(failures))]),
    ...(others.length === 0 ? [] : [xmlText("system-out", {}, lines(others))]),
  ]);
}

function headline({ message }: Finding, more: number): string {
  return more === 0 ? message : `${message} (and ${count(more, "more", "more")})`;
}

/** Starts with a word of its own: a line that a file name starts could be a command to the server that prints it. */
function findingLines(finding: Finding, report: FindingReport): readonly string[] {
  const { severity, span, message, help, acceptedBy } = finding;
  const accepted = acceptedBy === undefined ? "" : `, accepted by ${acceptedBy}`;
  const place = `${span.file}:${span.line}:${span.column}`;
  return [
    `${severity} at ${place}${accepted}: ${message}${environmentNote(finding, report)}`,
    ...(help === undefined ? [] : [`  help: ${help}`]),
  ];
}
