import { Environment } from "@marcbachmann/cel-js";
import type { Instant } from "../time/instant.ts";

/** Unknown: it depends on something that a snapshot does not hold. Broken: CEL itself refuses it, so Google grants nothing. */
export type ConditionValue = "true" | "false" | "unknown" | "broken";

class Unknown extends Error {}

function unknown(): never {
  throw new Unknown();
}

/**
 * The attributes and functions of IAM conditions (docs: /iam/docs/conditions-attribute-reference). All but the time
 * throw, which `||` and `&&` absorb as CEL has it. They must be registered: CEL refuses an expression with a function
 * that it does not know even where its value does not matter.
 */
const environment = new Environment()
  .registerVariable("request", "map")
  .registerVariable("resource", "dyn")
  .registerVariable("api", "dyn")
  .registerVariable("destination", "dyn")
  .registerVariable("origin", "dyn")
  .registerVariable("source", "dyn")
  .registerFunction("dyn.matchTag(string, string): bool", unknown)
  .registerFunction("dyn.matchTagId(string, string): bool", unknown)
  .registerFunction("dyn.hasTagKey(string): bool", unknown)
  .registerFunction("dyn.hasTagKeyId(string): bool", unknown)
  .registerFunction("dyn.getAttribute(dyn, dyn): dyn", unknown)
  .registerFunction("dyn.hasOnly(list): bool", unknown)
  .registerFunction("string.extract(string): string", unknown)
  .registerFunction("inIpRange(dyn, dyn): bool", unknown)
  // Of dates the reference shows examples only; what they are worth in which time zone it does not say.
  .registerFunction("date(string): dyn", unknown)
  .registerFunction("dyn.date(): dyn", unknown)
  .registerFunction("timestamp(google.protobuf.Timestamp): dyn", unknown);

/** docs: googleapis google/rpc/context/attribute_context.proto, `Request`, beside its time */
const unknownOfRequest = "id method headers path host scheme query size protocol reason auth".split(" ");

/** Of a request only its time is known. */
function requestAt(asOf: Instant): object {
  const request = { time: new Date(asOf) };
  for (const name of unknownOfRequest) Object.defineProperty(request, name, { enumerable: true, get: unknown });
  return request;
}

function contextAt(asOf: Instant): Record<string, unknown> {
  return {
    request: requestAt(asOf),
    get resource() {
      return unknown();
    },
    get api() {
      return unknown();
    },
    get destination() {
      return unknown();
    },
    get origin() {
      return unknown();
    },
    get source() {
      return unknown();
    },
  };
}

/** Makes an evaluator of conditions at one moment. It remembers what it has judged: the same text is on many bindings. */
export function conditionEvaluator(asOf: Instant): (expression: string) => ConditionValue {
  const known = new Map<string, ConditionValue>();
  return (expression) => {
    const before = known.get(expression);
    if (before !== undefined) return before;
    const value = evaluate(expression, asOf);
    known.set(expression, value);
    return value;
  };
}

/** Far more than a condition of twelve operators needs, which is what Google allows. docs: /iam/quotas */
const MAX_LENGTH = 8000;

/** Loops and patterns, by which a condition of one line can take years. Comments may stand before the parenthesis. */
const endless = /\b(matches|all|exists|exists_one|existsOne|map|filter|bind)\s*(\/\/[^\n]*\n\s*)*\(/;

/** A time zone as a distance from UTC, which CEL knows and its evaluator here does not. */
const fixedZone = /\.get[A-Za-z]+\(\s*["'][+-]?\d\d:\d\d["']\s*\)/;

function evaluate(expression: string, asOf: Instant): ConditionValue {
  // Not judged rather than refused: a grant that is not judged is shown.
  if (expression.length > MAX_LENGTH || endless.test(expression) || fixedZone.test(expression)) return "unknown";
  try {
    const checked = environment.check(expression);
    if (!checked.valid) return "broken";
    const value: unknown = environment.evaluate(expression, contextAt(asOf));
    return value === true ? "true" : value === false ? "false" : "broken";
  } catch (error) {
    return error instanceof Unknown ? "unknown" : "broken";
  }
}

const HOUR = 60 * 60 * 1000;
/** Each hour of a week and a day, for office hours and weekends; then each day of two years. */
const laterHours: readonly number[] = [
  ...Array.from({ length: 8 * 24 }, (_, at) => at + 1),
  ...Array.from({ length: 2 * 365 }, (_, at) => (at + 9) * 24),
];

/** Makes a judge of conditions that do not hold at a moment: whether one may hold at a later one. */
export function laterEvaluator(asOf: Instant): (expression: string) => boolean {
  const known = new Map<string, boolean>();
  return (expression) => {
    let holds = known.get(expression);
    if (holds === undefined) {
      // Without the time in it, it is the same for ever.
      holds =
        expression.includes("time") &&
        laterHours.some((hours) => {
          const value = evaluate(expression, (asOf + hours * HOUR) as Instant);
          return value === "true" || value === "unknown";
        });
      known.set(expression, holds);
    }
    return holds;
  };
}

/**
 * Whether a condition speaks of the resource itself, by which Cloud Run cannot be scoped
 * (docs: /iam/docs/conditions-resource-attributes does not list run.googleapis.com).
 */
export function namesResource(expression: string): boolean {
  return /\bresource\s*\.\s*(name|type|service)\b/.test(expression);
}
