import type { CanAnswer } from "../../ask/answers.ts";
import { describePath } from "../access/describe-path.ts";
import { describeUnread } from "../access/describe-unread.ts";
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
  "unread",
] as const;

/** One row. */
export const canCsv: AskFormatter<CanAnswer> = ({ environment, caller, callee, answer, declared, reality, doubts }) =>
  askCsv(columns, [
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
      unread: doubts.map(describeUnread).join(" | "),
    },
  ]);
