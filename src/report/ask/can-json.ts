import type { CanAnswer } from "../../ask/answers.ts";
import { outsideJson } from "../access/outside-json.ts";
import { formatJson } from "../json/format-json.ts";
import type { AskFormatter } from "./ask-format.ts";
import { askedJson, edgeJson, stepJson } from "./asked-json.ts";
import { canSentence } from "./can-text.ts";

/** For programs, as `schemas/can.schema.json` says. Every key is always there; what is not known is null. */
export const canJson: AskFormatter<CanAnswer> = (answer, { version }) =>
  formatJson({
    schema: "matrix/can/v1",
    matrix: answer.matrix,
    caller: answer.caller,
    callee: answer.callee,
    answer: answer.answer,
    sentence: canSentence(answer),
    transitive: answer.transitive,
    ...askedJson(answer),
    declared: {
      answer: answer.declared.answer,
      everybody: answer.declared.everybody,
      path: answer.declared.path,
      edges: answer.declared.edges.map(edgeJson),
    },
    live:
      answer.reality === null
        ? null
        : {
            answer: answer.reality.answer,
            path: answer.reality.path,
            steps: answer.reality.steps.map(stepJson),
            groups: answer.reality.groups,
            as: answer.reality.as,
            reasons: answer.reality.reasons,
            regions: answer.reality.regions,
          },
    outside: outsideJson(answer.outside),
    version,
  });
