import type { Draft } from "../../finding/draft.ts";
import type { Matrix } from "../model/matrix.ts";
import { kindOf } from "../model/resolve-caller.ts";
import { keyAt, type Place } from "../text/place.ts";
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
    for (const { what, at } of idleKeys(matrix)) {
      yield {
        message: `${what} in this version of matrix`,
        help: "it is checked and kept, so that the file can stay as it is",
        at,
      } satisfies Draft;
    }
  },
};

/** Each kind of key once, at its first place. */
function* idleKeys({
  root,
  document,
  environments,
  names,
  edges,
}: Matrix): Iterable<{ readonly what: string; readonly at: Place }> {
  if (document.sensitive !== undefined) yield { what: "sensitive has no effect", at: keyAt(root, "sensitive") };
  if (document.inherited !== undefined) yield { what: "inherited has no effect", at: keyAt(root, "inherited") };
  const scoped = environments.find(({ name }) => document.environments?.[name]?.scope !== undefined);
  if (scoped !== undefined)
    yield { what: "scope has no effect", at: keyAt(root, "environments", scoped.name, "scope") };
  const clause = edges.flatMap(({ clauses }) => clauses).find(({ through }) => through !== undefined);
  if (clause !== undefined) {
    yield {
      what: "an edge through iap takes its caller out of the row and grants nothing instead",
      at: keyAt(clause.place.file, ...clause.place.path, "through"),
    };
  }
  const seen = new Set<string>();
  for (const { section, value, place } of names.values()) {
    const kind = section === "callers" ? kindOf(value) : undefined;
    if (kind === undefined || !federated.has(kind) || seen.has(kind)) continue;
    seen.add(kind);
    yield {
      what: `a caller of the kind ${kind} gets its account and its place in rows, but not the right to act as the account,`,
      at: keyAt(place.file, ...place.path, kind),
    };
  }
}
