import type { DetailProblem } from "../../callers/caller-kind.ts";
import { outsideOf } from "../../callers/caller-of.ts";
import { subjectMark } from "../../federation/pack-providers.ts";
import type { PooledOutside } from "../../callers/outside.ts";
import type { Draft } from "../../finding/draft.ts";
import type { Matrix } from "../model/matrix.ts";
import { detailDraft, detailProblems } from "./detail-problems.ts";
import type { Rule } from "./rule.ts";

/** Google refuses such a pool, provider or grant at apply, or every token at run time; better here. */
export const federationLimit: Rule = {
  id: "federation-limit",
  severity: "error",
  summary: "a caller from outside that no pool or provider can express",
  stopsSynth: true,
  *check(matrix) {
    yield* detailProblems(matrix, "limit");
    yield* lengths(matrix);
  },
};

/** In bytes, and in characters of CEL. docs: iam v1 `projects.locations.workloadIdentityPools.providers` */
const MAX_SUBJECT = 127;
const MAX_EXPRESSION = 2048;
const MAX_CONDITION = 4096;

function* lengths({ worlds }: Matrix): Iterable<Draft> {
  for (const { environment, callers } of worlds) {
    for (const caller of callers.values()) {
      const outside = outsideOf(caller);
      const found = outside?.kind === "pooled" ? tooLong(outside) : undefined;
      if (found !== undefined) yield detailDraft(caller, environment.name, found);
    }
  }
}

function tooLong({
  pool,
  declaredSubject = "",
  match,
  admits,
}: PooledOutside): Pick<DetailProblem, "field" | "message" | "help"> | undefined {
  const mark = subjectMark(pool);
  const bytes = Buffer.byteLength(mark + declaredSubject);
  if (bytes > MAX_SUBJECT) {
    const marked = mark === "" ? "" : `, of which ${mark.length} keep it apart from others in the pool`;
    return {
      field: undefined,
      message: `has a subject of ${bytes} bytes${marked}, and Google takes ${MAX_SUBJECT}: every exchange of its tokens would fail`,
      help: "give the workload a shorter name at its issuer",
    };
  }
  if (match.by === "subject") return undefined;
  const [what, length, most] =
    match.expression.length > MAX_EXPRESSION
      ? ["mapping", match.expression.length, MAX_EXPRESSION]
      : ["condition", admits.length, MAX_CONDITION];
  return length <= most
    ? undefined
    : {
        field: undefined,
        message: `needs a ${what} of ${length} characters, and Google takes ${most}`,
        help: "give fewer claims, or shorter values",
      };
}
