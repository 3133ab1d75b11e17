import type { Matrix } from "../../matrix/model/matrix.ts";
import type { Exception, ExceptionMatch } from "../../matrix/schema/generated/document.ts";
import type { Json } from "../fact.ts";
import type { MatrixPair } from "../matrix-pair.ts";
import { compareEntries, type Entry } from "./compare-entries.ts";
import type { Difference } from "./difference.ts";
import { given, type JsonMap, oneOrMore } from "./json.ts";
import { type Resolve, resolverOf } from "./resolve-selector.ts";
import { sameMoment } from "./same-moment.ts";

/** Exceptions by their id: new, gone, or with fields that differ. */
export function compareExceptions(pair: MatrixPair): readonly Difference[] {
  const entries = ({ exceptions }: Matrix, resolve: Resolve): readonly Entry[] =>
    exceptions.map(({ key, value, place }) => ({ key, value: exceptionJson(value, resolve), place }));
  return compareEntries(
    { added: "exception-added", removed: "exception-removed", changed: "exception-changed" },
    entries(pair.before, resolverOf(pair, "before")),
    entries(pair.after, resolverOf(pair, "after")),
    { expires: sameMoment },
  );
}

function exceptionJson(
  { rule, match, owner, approvedBy, reason, ticket, expires }: Exception,
  resolve: Resolve,
): JsonMap {
  return given({ rule, match: matchJson(match, resolve), owner, approvedBy, reason, ticket, expires });
}

function matchJson(match: ExceptionMatch, resolve: Resolve): Json {
  const { service, caller, environment, principal, resource, role, fingerprint } = match;
  type Texts = string | readonly string[] | undefined;
  const names = (value: Texts): Json | undefined =>
    value === undefined ? undefined : oneOrMore(resolve([value].flat()));
  const texts = (value: Texts): Json | undefined => (value === undefined ? undefined : oneOrMore([value].flat()));
  return given({
    service: names(service),
    caller: names(caller),
    environment: texts(environment),
    principal: texts(principal),
    resource: texts(resource),
    role: texts(role),
    fingerprint,
  });
}
