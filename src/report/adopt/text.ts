import type { AdoptReport } from "../../adopt/adopt-report.ts";
import { count, enumerateWords } from "../../words/enumerate-words.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";

/** How many lines of one kind a person reads before the rest is counted. */
const MAX_LINES = 20;

/** What adopting did, for a person: numbers first, then what needs one. */
export function text(report: AdoptReport, { quiet }: { readonly quiet: boolean }): string {
  const { environment, removedBlocks } = report;
  if (quiet) return paragraphs([incompleteLines(report), ...failureSections(report)]);
  const writing = report.written ? "wrote" : "would change";
  const sections = [
    [headline(report), addedLine(report), ...incompleteLines(report)],
    listed(
      "observed only, because Terraform cannot hold these rows as they are:",
      report.observed.flatMap(({ service, why }) => why.map((each) => `${service}: ${each}`)),
    ),
    listed(
      "not only observed, though Terraform cannot hold these rows as they are; matrix modes set … observe lets go of them:",
      report.contested.flatMap(({ service, why }) => why.map((each) => `${service}: ${each}`)),
    ),
    listed(
      "changed:",
      report.changed.map(({ service, fields }) => `${service}: ${fields.join(", ")}`),
    ),
    listed("not read in whole, and left as they stand in the matrix:", report.left),
    listed(`in the matrix, and not there in ${environment}; retire them, or take them out:`, report.absent),
    listed("declared, and not there; matrix drift says more:", report.kept),
    listed(
      "written as service accounts, though somebody outside acts as them; write callers of their kind:",
      report.outsiders.map(({ caller, members }) => `${caller}: ${enumerateWords(members, "and")}`),
    ),
    report.states.map(
      ({ state, resources, concerned }) =>
        `${state}: ${count(resources, "resource")}, ${concerned === 0 ? "none of them" : concerned} about these services`,
    ),
    removedBlocks === "" ? [] : ["for the owners of the other states:", "", ...removedBlocks.trimEnd().split("\n")],
    report.files.map(({ file, changed }) => `${changed ? writing : "as it was"} ${file}`),
    report.exceptionsEnd === null
      ? []
      : [`the exceptions end with ${report.exceptionsEnd}: by then somebody must have looked`],
    ...failureSections(report),
  ];
  return paragraphs(sections);
}

/** What makes the run end with 1. */
function failureSections({ unsayable, open, errors }: AdoptReport): readonly (readonly string[])[] {
  return [
    listed("left out, because the language has no such name; drift goes on saying so:", unsayable),
    open === 0 ? [] : [`matrix drift finds ${count(open, "error")} that adopt accepts for nobody`],
    errors === 0 ? [] : [`matrix validate finds ${count(errors, "error")} in it`],
  ];
}

function paragraphs(sections: readonly (readonly string[])[]): string {
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.map(escapeTerminal).join("\n")}\n`)
    .join("\n");
}

function headline({ environment, found }: AdoptReport): string {
  const { services, importable, callers } = found;
  return `${environment}: ${count(services, "service")}, ${importable} of them to be imported as they are, and ${count(callers, "caller")} beside them`;
}

function addedLine({ added }: AdoptReport): string {
  const { services, callers, sets, edges, inherited, exceptions } = added;
  const parts = [
    [services.length, "service", "services"],
    [callers.length, "caller", "callers"],
    [edges, "edge", "edges"],
    [sets.length, "set", "sets"],
    [inherited, "inherited entry", "inherited entries"],
    [exceptions, "exception", "exceptions"],
  ] as const;
  const written = parts.flatMap(([number, one, many]) => (number === 0 ? [] : [count(number, one, many)]));
  return written.length === 0 ? "nothing is new" : `new: ${written.join(", ")}`;
}

function incompleteLines({ complete, unread }: AdoptReport): readonly string[] {
  if (complete) return [];
  return [
    "INCOMPLETE: what was not read was not adopted, and drift goes on saying so",
    ...folded(unread.map(({ what, resource, reason }) => `${what} of ${resource}: ${reason}`)),
  ];
}

function listed(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...folded(lines)];
}

function folded(lines: readonly string[]): readonly string[] {
  const shown = lines.slice(0, MAX_LINES).map((line) => `  ${line}`);
  return lines.length <= MAX_LINES ? shown : [...shown, `  and ${lines.length - MAX_LINES} more (--format json)`];
}
