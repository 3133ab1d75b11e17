import type { JudgedCall, VerifyReport } from "../../verify/verify-report.ts";
import { type XmlElement, xmlElement, xmlText } from "../xml/xml-element.ts";
import { headlineOf, leftOutLines, remarksOf, requestOf, titleOf } from "./describe-calls.ts";
import type { VerifyFormatter } from "./verify-format.ts";

const NAME = "matrix verify";

/** JUnit XML: a test case for each call. What could not be judged is an error, what was not called is skipped. */
export const junit: VerifyFormatter = (report) => {
  const { calls, leftOut } = report;
  const skipped = leftOutLines(leftOut).map((line) => element(line, xmlElement("skipped", { message: "not called" })));
  const numberOf = (wanted: JudgedCall["verdict"]): number => calls.filter(({ verdict }) => verdict === wanted).length;
  // Where nothing was called, an empty suite would be green.
  const nothing = calls.length === 0 ? [element("calls", xmlElement("error", { message: "nothing was called" }))] : [];
  const counts = {
    tests: calls.length + skipped.length + nothing.length,
    failures: numberOf("finding"),
    errors: numberOf("unknown") + nothing.length,
    skipped: numberOf("not-sent") + skipped.length,
  };
  const suite = xmlElement("testsuite", { name: `${NAME} ${report.environment}`, ...counts }, [
    ...calls.map((call) => element(titleOf(call.probe), outcome(call, report))),
    ...nothing,
    ...skipped,
    xmlText("system-out", {}, [headlineOf(report), ...remarksOf(report)]),
  ]);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    ...xmlElement("testsuites", { name: NAME, ...counts }, [suite]),
  ];
  return lines.map((line) => `${line}\n`).join("");
};

function element(name: string, child: XmlElement): XmlElement {
  return xmlElement("testcase", { classname: NAME, name }, [child]);
}

function outcome(call: JudgedCall, { method }: VerifyReport): XmlElement {
  const { verdict, finding, message, help, evidence } = call;
  // Each line starts with a word of its own: a line that a hostile name starts could be a command to a build server.
  const lines = [`request: ${requestOf(call, method)}`, ...(help === null ? [] : [`help: ${help}`])];
  if (verdict === "finding") return xmlText("failure", { type: finding ?? "", message }, lines);
  if (verdict === "unknown") return xmlText("error", { type: "not-judged", message }, lines);
  if (verdict === "not-sent") return xmlElement("skipped", { message });
  return xmlText("system-out", {}, [`ok: ${message}`, `evidence: ${evidence}`, ...lines]);
}
