import type { Draft } from "../../finding/draft.ts";
import type { Matrix } from "../model/matrix.ts";
import { kindOf } from "../model/resolve-caller.ts";
import { keyAt } from "../text/place.ts";
import type { Rule } from "./rule.ts";

/** Kinds of callers whose account is made, and whose right to use it is not yet. */
const federated: ReadonlySet<string> = new Set(["gke", "aws", "github", "gitlab", "oidc", "spiffe"]);

/** The language is settled before all of it works; nobody should rely on the rest. */
export const noEffectYet: Rule = {
  id: "no-effect-yet",
  severity: "info",
  summary: "a key that this version of matrix takes and does not act on",
  stopsSynth: false,
  *check(matrix) {
    yield* edgesThroughIap(matrix);
    yield* federatedCallers(matrix);
  },
};

function* edgesThroughIap({ edges }: Matrix): Iterable<Draft> {
  const clause = edges.flatMap(({ clauses }) => clauses).find(({ through }) => through !== undefined);
  if (clause === undefined) return;
  yield {
    message: "this version of matrix grants nothing to an edge through iap",
    help: "grant roles/iap.httpsResourceAccessor on the service to its caller yourself",
    at: keyAt(clause.place.file, ...clause.place.path, "through"),
  };
}

function* federatedCallers({ names }: Matrix): Iterable<Draft> {
  const seen = new Set<string>();
  for (const { section, value, place } of names.values()) {
    const kind = section === "callers" ? kindOf(value) : undefined;
    if (kind === undefined || !federated.has(kind) || seen.has(kind)) continue;
    seen.add(kind);
    const article = /^[aeiou]/.test(kind) ? "an" : "a";
    yield {
      message: `this version of matrix makes the account of ${article} ${kind} caller and its place in rows; the right to use the account you must grant yourself`,
      help: "grant roles/iam.workloadIdentityUser on the account to the workload",
      at: keyAt(place.file, ...place.path, kind),
    };
  }
}
