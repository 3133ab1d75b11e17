import type { CanAnswer } from "../../ask/answers.ts";
import { describePath } from "../access/describe-path.ts";
import { describeUnread } from "../access/describe-unread.ts";
import { outsideLine } from "../access/outside-line.ts";
import type { AskFormatter } from "./ask-format.ts";
import { askCsv, edgeCells, edgeColumns } from "./ask-csv.ts";

const columns = [
  "environment",
  "caller",
  "callee",
  "answer",
  "declared",
  "live",
  "path",
  ...edgeColumns,
  "ways",
  "outside",
  "unread",
] as const;

/** One row. */
export const canCsv: AskFormatter<CanAnswer> = (given) => {
  const { environment, caller, callee, answer, declared, reality, outside, doubts } = given;
  return askCsv(columns, [
    {
      environment,
      caller,
      callee,
      answer,
      declared: declared.answer,
      live: reality?.answer ?? "",
      path: (reality?.path ?? declared.path).join(" > "),
      ...edgeCells(declared.edges),
      ways: (reality?.steps ?? []).map(({ hops }) => describePath({ hops })).join(" | "),
      outside: outside === null ? "" : outsideLine(outside),
      unread: doubts.map(describeUnread).join(" | "),
    },
  ]);
};
