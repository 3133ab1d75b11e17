import type { BlastAnswer } from "../../ask/answers.ts";
import { distanceOf } from "../../ask/blast-radius.ts";
import { describePath } from "../access/describe-path.ts";
import type { AskFormatter } from "./ask-format.ts";
import { askCsv, unreadRows } from "./ask-csv.ts";

const columns = [
  "environment",
  "name",
  "callee",
  "state",
  "distance",
  "sensitive",
  "owner",
  "declared distance",
  "live distance",
  "verdict",
  "path",
  "ways",
] as const;

/** A row for each service that is reached. Before them, one of state `not read` for each read that failed. */
export const blastCsv: AskFormatter<BlastAnswer> = (answer) =>
  askCsv(columns, [
    ...unreadRows(answer),
    ...answer.reached.map((line) => ({
      environment: answer.environment,
      name: answer.name,
      callee: line.callee,
      state: [...(line.declared === null ? [] : ["declared"]), ...(line.live === null ? [] : ["live"])].join(" and "),
      distance: String(distanceOf(line)),
      sensitive: line.sensitive ? "sensitive" : "",
      owner: line.owner ?? "",
      "declared distance": line.declared === null ? "" : String(line.declared.distance),
      "live distance": line.live === null ? "" : String(line.live.distance),
      verdict: line.live?.verdict ?? "",
      path: (line.live ?? line.declared)?.path.join(" > ") ?? "",
      ways: (line.live?.steps ?? []).map(({ hops }) => describePath({ hops })).join(" | "),
    })),
  ]);
