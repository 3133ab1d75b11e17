import { expect, test } from "vitest";
import { judgeTexts } from "./judged.ts";

const PADDING = "x".repeat(50);

/** A matrix whose callers have conditions so long that they do not fit into one provider. */
function shop(callers: readonly string[]): string {
  return `services:
  billing: { ingress: all }
callers:
${callers.map((key) => `  ${key}: { aws: { account: "123456789012", role: ${key}-${PADDING} } }\n`).join("")}trust:
${callers.map((key) => `  ${key} -> billing: Reads prices\n`).join("")}`;
}

test("who is moved by a caller that comes before it in the order of names is told, and nobody else", () => {
  const callers = Array.from({ length: 40 }, (_, at) => `reader-${at + 10}`);
  const moved = (then: readonly string[], now: readonly string[]) =>
    judgeTexts(shop(then), shop(now)).findings.filter(({ rule }) => rule === "provider-moved");
  const [found, ...others] = moved(callers, ["another", ...callers]);
  expect(others).toEqual([]);
  expect(found?.message).toMatch(
    /^applying it moves reader-\d+ from the provider acme-prod\/matrix-prod-aws\/aws-123456789012 to acme-prod\/matrix-prod-aws\/aws-123456789012-2: /,
  );
  expect(moved(callers, [...callers, "zeta"])).toEqual([]);
});
