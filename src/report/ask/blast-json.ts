import type { BlastAnswer, Way } from "../../ask/answers.ts";
import { distanceOf } from "../../ask/blast-radius.ts";
import { formatJson } from "../json/format-json.ts";
import type { AskFormatter } from "./ask-format.ts";
import { askedJson, stepJson } from "./asked-json.ts";

/** For programs, as `schemas/blast-radius.schema.json` says. Every key is always there; what is not known is null. */
export const blastJson: AskFormatter<BlastAnswer> = (answer, { version }) =>
  formatJson({
    schema: "matrix/blast-radius/v1",
    matrix: answer.matrix,
    name: answer.name,
    workload: answer.workload,
    principals: answer.principals,
    ...askedJson(answer),
    reached: answer.reached.map((line) => ({
      callee: line.callee,
      distance: distanceOf(line),
      sensitive: line.sensitive,
      owner: line.owner,
      declared: wayJson(line.declared),
      live: wayJson(line.live),
    })),
    groups: answer.groups,
    version,
  });

function wayJson(way: Way | null): object | null {
  if (way === null) return null;
  const { distance, path, steps, verdict } = way;
  return { distance, verdict, path, steps: steps.map(stepJson) };
}
