import type { ListAnswer } from "../../ask/answers.ts";
import { describePath } from "../access/describe-path.ts";
import type { AskFormatter } from "./ask-format.ts";
import { askCsv, edgeCells, pairColumns, unreadRows } from "./ask-csv.ts";

const columns = [...pairColumns, "ways", "findings"] as const;

/** A row for each pair. Before them, one of state `not read` for each read that failed; after them, pairs through others. */
export const listCsv: AskFormatter<readonly ListAnswer[]> = (answers) =>
  askCsv(
    columns,
    answers.flatMap((answer) => {
      const { environment, grid, cells, through } = answer;
      const principals = new Map(grid.callers.map(({ id, principal }) => [id, principal]));
      return [
        ...unreadRows(answer),
        ...cells.map((cell) => ({
          environment,
          service: cell.callee,
          caller: cell.caller,
          principal: principals.get(cell.caller) ?? "",
          state: cell.state,
          verdict: cell.verdict ?? "",
          distance: "1",
          path: `${cell.caller} > ${cell.callee}`,
          ...edgeCells(cell.edges),
          ways: cell.rows.flatMap(({ paths: [path] }) => (path === undefined ? [] : describePath(path))).join(" | "),
          findings: [...new Set(cell.findings.flatMap((index) => grid.findings[index]?.rule ?? []))].join(" "),
        })),
        ...(through?.listed ?? []).map(({ caller, callee, distance, path }) => ({
          environment,
          service: callee,
          caller,
          principal: principals.get(caller) ?? "",
          state: "through",
          distance: String(distance),
          path: path.join(" > "),
        })),
      ];
    }),
  );
