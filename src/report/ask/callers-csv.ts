import type { CallersAnswer } from "../../ask/answers.ts";
import { describePath } from "../access/describe-path.ts";
import type { AskFormatter } from "./ask-format.ts";
import { askCsv, edgeCells, pairColumns, unreadRows } from "./ask-csv.ts";
import { sinceWords } from "./edge-words.ts";

const columns = [...pairColumns, "since", "ways", "findings"] as const;

/** A row for each caller. Before them, one of state `not read` for each read that failed and bears on the answer. */
export const callersCsv: AskFormatter<readonly CallersAnswer[]> = (answers) =>
  askCsv(
    columns,
    answers.flatMap((answer) => [
      ...unreadRows(answer),
      ...answer.callers.map((line) => ({
        environment: answer.environment,
        service: answer.service.id,
        caller: line.caller,
        principal: line.principal,
        state: line.state,
        verdict: line.verdict ?? "",
        distance: String(line.distance),
        path: line.path.join(" > "),
        ...edgeCells(line.edges),
        since: line.since === null ? "" : sinceWords(line.since),
        ways: line.ways.map((hops) => describePath({ hops })).join(" | "),
        findings: line.findings.join(" "),
      })),
    ]),
  );
