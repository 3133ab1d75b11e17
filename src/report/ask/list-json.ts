import type { ListAnswer } from "../../ask/answers.ts";
import type { GridCell } from "../../ask/grid.ts";
import { formatJson } from "../json/format-json.ts";
import { placeJson } from "../json/place-json.ts";
import type { AskFormatter } from "./ask-format.ts";
import { askedJson, edgeJson, mainEdge, wayJson } from "./asked-json.ts";

/** For programs, as `schemas/list.schema.json` says. Every key is always there; what is not known is null. */
export const listJson: AskFormatter<readonly ListAnswer[]> = (answers, { version }) =>
  formatJson({
    schema: "matrix/list/v1",
    matrix: answers[0]?.matrix ?? "",
    complete: answers.every(({ complete }) => complete),
    environments: answers.map((answer) => ({
      ...askedJson(answer),
      services: answer.grid.callees.map(({ id }) => id),
    })),
    callers: answers.flatMap((answer) => {
      const callers = new Map(answer.grid.callers.map((each) => [each.id, each]));
      return answer.cells.map((cell) => cellJson(cell, callers.get(cell.caller)?.principal ?? cell.caller, answer));
    }),
    through: answers.flatMap(({ through, environment }) =>
      (through?.listed ?? []).map(({ caller, callee, distance, path }) => ({
        caller,
        service: callee,
        environment,
        distance,
        path,
      })),
    ),
    throughWhole: answers.every(({ through }) => through?.isWhole !== false),
    version,
  });

function cellJson(cell: GridCell, principal: string, { environment, grid }: ListAnswer): object {
  const edge = mainEdge(cell.edges);
  return {
    caller: cell.caller,
    service: cell.callee,
    principal,
    environment,
    state: cell.state,
    verdict: cell.verdict,
    as: cell.as,
    sets: cell.sets,
    reason: edge?.reason ?? null,
    owner: edge?.owner ?? null,
    ticket: edge?.ticket ?? null,
    expires: edge?.expires ?? null,
    reviewed: edge?.reviewed ?? null,
    place: placeJson(edge?.span ?? null),
    edges: cell.edges.map(edgeJson),
    ways: cell.rows.flatMap(({ paths: [path] }) => (path === undefined ? [] : [wayJson(path.hops)])),
    findings: [...new Set(cell.findings.flatMap((index) => grid.findings[index]?.rule ?? []))],
  };
}
