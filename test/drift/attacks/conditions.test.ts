import { expect, test } from "vitest";
import { conditionEvaluator } from "../../../src/access/evaluate-condition.ts";
import { evaluateAccess } from "../../../src/access/evaluate-access.ts";
import { bind, NOON, service, world } from "../../access/tiny-world.ts";

// Conditions that somebody writes so that a grant looks like none, or so that judging it never ends.

const valueOf = conditionEvaluator(NOON);

test.each([
  'request.headers["x"] == "y"',
  'request.method == "GET"',
  'request.query == ""',
  'request.size < 10 || request.method == "GET"',
  'request.time < date("2030-01-01")',
  'request.time.date() < date("2030-01-01")',
  'inIpRange(origin.ip, ["10.0.0.0/8"])',
  'origin.ip == "203.0.113.9"',
  'source.ip == "203.0.113.9"',
  'request.time.getFullYear("+02:00") > 2000',
  'timestamp(request.time) < timestamp("2030-01-01T00:00:00Z")',
])("what Google can evaluate and a snapshot cannot is unknown, not refused: %s", (expression) => {
  expect(valueOf(expression)).toBe("unknown");
});

test.each(["request.time <", 'forecast("rain") == "no"', "weather.is_fine", "(true", 'true || forecast("rain")'])(
  "what nobody can evaluate stays refused: %s",
  (expression) => {
    expect(valueOf(expression)).toBe("broken");
  },
);

test.each(['request.method == "GET" || true', 'origin.ip == "x" || true'])("true beats it: %s", (expression) => {
  expect(valueOf(expression)).toBe("true");
});

const list = `[${Array.from({ length: 200 }, () => "1").join(",")}]`;

test.each([
  ["a pattern that backtracks", `"${"a".repeat(40)}!".matches("^(a+)+$")`],
  ["a pattern behind a comment", `"${"a".repeat(40)}!".matches // ?\n ("^(a+)+$")`],
  ["loops within loops", `${list}.all(a, ${list}.all(b, ${list}.all(c, ${list}.all(d, true))))`],
  ["loops that map", `${list}.map(a, ${list}.map(b, ${list}.map(c, ${list}.map(d, 1)))).size() > 0`],
  ["parentheses without end", `${"(".repeat(20_000)}true${")".repeat(20_000)}`],
  ["alternatives without end", Array.from({ length: 20_000 }, () => "true").join(" || ")],
])("%s costs no time, and opens rather than hides", (_, expression) => {
  expect(valueOf(expression)).toBe("unknown");
});

test("a grant with an empty condition does not hide the same grant without one", () => {
  const eve = "user:eve@acme.test";
  for (const bindings of [
    [bind("roles/run.invoker", eve, ""), bind("roles/run.invoker", eve)],
    [bind("roles/run.invoker", eve), bind("roles/run.invoker", eve, "")],
  ]) {
    const { rows } = evaluateAccess(world({ services: [service("s", { bindings })] }), {
      asOf: NOON,
      indirect: "none",
    });
    expect(rows.map(({ principal, verdict }) => [principal, verdict])).toEqual([[eve, "allowed"]]);
  }
});
