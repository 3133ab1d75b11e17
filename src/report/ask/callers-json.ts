import type { CallerLine, CallersAnswer } from "../../ask/answers.ts";
import { outsideJson } from "../access/outside-json.ts";
import { formatJson } from "../json/format-json.ts";
import { placeJson } from "../json/place-json.ts";
import type { AskFormatter } from "./ask-format.ts";
import { askedJson, edgeJson, mainEdge, sinceJson, wayJson } from "./asked-json.ts";

/** For programs, as `schemas/who-can-call.schema.json` says. Every key is always there; what is not known is null. */
export const callersJson: AskFormatter<readonly CallersAnswer[]> = (answers, { version }) =>
  formatJson({
    schema: "matrix/who-can-call/v1",
    matrix: answers[0]?.matrix ?? "",
    service: answers[0]?.service.id ?? "",
    transitive: answers[0]?.transitive ?? false,
    complete: answers.every(({ complete }) => complete),
    environments: answers.map((answer) => ({
      ...askedJson(answer),
      owner: answer.service.owner,
      project: answer.service.project,
      regions: answer.service.regions,
      undeclaredRegions: answer.service.undeclaredRegions,
      kind: answer.service.kind,
      sensitive: answer.service.sensitive,
      public: answer.service.public !== null,
    })),
    callers: answers.flatMap((answer) => answer.callers.map((line) => callerJson(line, answer))),
    history: answers.find(({ history }) => history !== null)?.history ?? null,
    version,
  });

function callerJson(line: CallerLine, { environment }: CallersAnswer): object {
  const { caller, kind, workload, principal, distance, path, state, verdict, as, sets, edges, ways, findings } = line;
  const edge = mainEdge(edges);
  return {
    caller,
    principal,
    environment,
    kind,
    workload,
    outside: outsideJson(line.outside),
    state,
    verdict,
    as,
    sets,
    reason: edge?.reason ?? null,
    owner: edge?.owner ?? null,
    ticket: edge?.ticket ?? null,
    expires: edge?.expires ?? null,
    reviewed: edge?.reviewed ?? null,
    place: placeJson(edge?.span ?? null),
    since: sinceJson(line.since),
    distance,
    path,
    edges: edges.map(edgeJson),
    ways: ways.map(wayJson),
    findings,
  };
}
