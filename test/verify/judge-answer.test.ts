import { expect, test } from "vitest";
import { judgeAnswer } from "../../src/verify/judge-answer.ts";
import type { Credential, Expectation, Probe } from "../../src/verify/probe.ts";

function probe(expects: Expectation, credential: Credential): Probe {
  return {
    service: "billing",
    region: "europe-west1",
    url: "https://billing-1.europe-west1.run.app/",
    obstacle: null,
    doubt: null,
    credential,
    caller: credential === "none" ? null : "checkout",
    account: null,
    audience: null,
    expects,
    because: "",
    isPublic: false,
    isInternal: false,
    mayInherit: false,
  };
}

const every = Array.from({ length: 400 }, (_, index) => index + 200);
const UNCLEAR = [404, 408, 429, 500, 502, 503, 504];

/** Of all statuses, those with a verdict. */
function statuses(expects: Expectation, credential: Credential, verdict: string, proxy = false): readonly number[] {
  return every.filter(
    (status) => judgeAnswer(probe(expects, credential), { kind: "answer", status, proxy }).verdict === verdict,
  );
}

const without = (...left: readonly number[]): readonly number[] => every.filter((status) => !left.includes(status));

// Every status there is, so that none slips through as fine.
test.each([
  ["refuse", "none", [403], [401, ...UNCLEAR]],
  ["refuse", "token", [403], [401, ...UNCLEAR]],
  ["distrust", "wrong-audience", [401], [403, ...UNCLEAR]],
  ["admit", "token", without(401, 403, ...UNCLEAR), UNCLEAR],
  ["admit", "none", without(401, 403, ...UNCLEAR), [401, ...UNCLEAR]],
  ["proxy", "none", [], [...every.filter((status) => status >= 300 && status < 400), 401, 403, ...UNCLEAR]],
] as const)("%s with %s", (expects, credential, ok, unknown) => {
  expect(statuses(expects, credential, "ok")).toEqual(ok);
  expect(statuses(expects, credential, "unknown")).toEqual(unknown);
  expect(statuses(expects, credential, "finding")).toEqual(without(...ok, ...unknown));
  // An answer of a proxy is fine where one is expected, and nowhere else.
  expect(statuses(expects, credential, "ok", true)).toEqual(expects === "proxy" ? every : []);
  expect(statuses(expects, credential, "finding", true)).toEqual([]);
});

test("what was not answered, not sent or has no token is never judged", () => {
  for (const kind of ["silent", "no-token", "not-sent"] as const)
    for (const expects of ["refuse", "distrust", "admit", "proxy"] as const)
      expect(judgeAnswer(probe(expects, "token"), { kind, reason: "x" })).toMatchObject({
        verdict: "unknown",
        again: kind === "silent" ? "trouble" : null,
      });
});
