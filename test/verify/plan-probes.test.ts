import { assert, constantFrom, nat, property, uniqueArray } from "fast-check";
import { describe, expect, test } from "vitest";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { judgeAnswer } from "../../src/verify/judge-answer.ts";
import { planProbes, shownAs, type VerifyQuestion } from "../../src/verify/plan-probes.ts";
import type { Probe, VerifyPlan } from "../../src/verify/probe.ts";
import { matrix as matrixOf } from "../drift/cases/drift-case.ts";
import { readMatrixFor, worldOf } from "../drift/drift-of.ts";
import { live, world as liveWorld } from "../drift/live-world.ts";

const NOW = { finishedAt: "2026-11-22T12:00:00Z" } as Snapshot;

function plan(
  rest: string,
  as: readonly string[] = [],
  more: Partial<VerifyQuestion> = {},
  text = matrixOf(rest),
): VerifyPlan {
  const validated = readMatrixFor(text, NOW);
  const { matrix } = validated;
  if (matrix === undefined) throw new Error(JSON.stringify(validated.findings));
  const world = worldOf(validated);
  const callers = as.flatMap((name) => {
    const found = world.services.get(name) ?? world.callers.get(name);
    return (found === undefined ? undefined : shownAs(found)) ?? [];
  });
  expect(callers.map(({ key }) => key)).toEqual(as);
  const paths = { of: new Map(), others: "/" };
  return planProbes({
    matrix,
    world,
    snapshot: undefined,
    callers,
    only: undefined,
    includeSensitive: false,
    sample: 5,
    opens: (role) => ({ "roles/run.developer": true, "roles/viewer": false })[role],
    paths,
    ...more,
  });
}

function told({ probes }: VerifyPlan): readonly string[] {
  return probes.map(
    ({ service, credential, caller, expects }) => `${caller ?? "*"} ${credential} ${service}: ${expects}`,
  );
}

/** Whom a caller is tried at with a token of its own. */
function triedBy(caller: string, { probes }: VerifyPlan, expects: Probe["expects"]): readonly string[] {
  return probes
    .filter((each) => each.caller === caller && each.credential === "token" && each.expects === expects)
    .map(({ service }) => service);
}

test("what is not there, not enforced or no service is left out, and said", () => {
  const { probes, leftOut } = plan(
    `
services:
  soon: { planned: [prod] }
  gone: { retired: 2026-10-01 }
  seen: { mode: observe }
  nightly: { kind: job }
  secret: { labels: { data: pci } }
  desk: { iap: service, ingress: all }
  lobby: { iap: load-balancer, ingress: internal-and-cloud-load-balancing }
  fn: { kind: function }
sensitive: { labels: { data: [pci] } }
callers: { ana: { user: ana@acme.example }, bot: { serviceAccount: bot@else.iam.gserviceaccount.com } }
trust:
  bot -> desk: { reason: Helps, through: iap }
  bot -> lobby: { reason: Helps, through: iap }
`,
    ["bot"],
  );
  expect(told({ probes, leftOut })).toEqual([
    "* none desk: proxy",
    "* none fn: refuse",
    "bot wrong-audience fn: distrust",
    "bot token fn: refuse",
    "* none lobby: refuse",
    "bot wrong-audience lobby: distrust",
  ]);
  expect(leftOut.map(({ service, caller, why }) => `${caller ?? "*"} ${service} ${why}`)).toEqual([
    "* gone retired",
    "* nightly job",
    "* secret sensitive",
    "* seen observed",
    "* soon planned",
    "bot desk proxy",
    "bot lobby proxy",
    "* desk proxy",
  ]);
  expect(probes.find(({ service }) => service === "fn")?.url).toBe("https://fn-111111111111.europe-west1.run.app/");
});

test("an account that gets in by another name, or by what is inherited, is not expected to be refused", () => {
  const made = plan(
    `
services:
  a: { account: { email: shared@other.iam.gserviceaccount.com } }
  b: { account: { email: shared@other.iam.gserviceaccount.com } }
  old: { previousAccounts: [{ email: shared@other.iam.gserviceaccount.com, until: 2027-01-31 }] }
  c: {}
  d: {}
  e: {}
trust:
  b -> c: Calls
  old -> d: Calls
`,
    ["a"],
    { sample: 100 },
  );
  // By its account a is b, and old was it.
  expect(triedBy("a", made, "refuse")).toEqual(["a", "b", "e", "old"]);
  expect(
    made.probes.filter(({ expects }) => expects === "admit").map(({ service, because }) => [service, because]),
  ).toEqual([
    ["c", "the row lets b in, which has the same account"],
    ["d", "the row lets old in, which has the same account"],
  ]);
  const inherited = `
services: { alpha: {}, bravo: {} }
inherited:
  pipeline: { principal: "serviceAccount:alpha-sa@acme-prod.iam.gserviceaccount.com", role: ROLE, at: [AT], reason: Deploys, owner: x }
`;
  const custom = "projects/acme-prod/roles/ours";
  for (const [role, at, way] of [
    ["roles/run.developer", "projects/acme-prod", "yes"],
    ["roles/run.developer", "folders/1", "perhaps"],
    ["roles/run.developer", "projects/other-one", "no"],
    ["roles/viewer", "projects/acme-prod", "no"],
    [custom, "projects/acme-prod", "perhaps"],
  ] as const) {
    const { probes, leftOut } = plan(inherited.replace("AT", at).replace("ROLE", role), ["alpha"]);
    const tried = way === "yes" ? [] : ["alpha", "bravo"];
    expect([role, triedBy("alpha", { probes, leftOut }, "refuse")]).toEqual([role, tried]);
    expect(leftOut.map(({ why }) => why)).toEqual(way === "yes" ? ["inherited", "inherited"] : []);
    expect(probes.some(({ mayInherit }) => mayInherit)).toBe(way === "perhaps");
    for (const probe of probes.filter(({ mayInherit }) => mayInherit))
      expect(judgeAnswer(probe, { kind: "answer", status: 200, proxy: false }).verdict).toBe("unknown");
  }
});

test("public services are not in the sample, and each region is called", () => {
  const made = plan(
    `
services:
  open: { ingress: all, public: { reason: For all } }
  a: { regions: [europe-west1, us-central1] }
trust: { open -> a: Calls }
`,
    ["open"],
  );
  expect(made.probes.map(({ service, region, credential }) => `${service} ${region} ${credential}`)).toEqual([
    "a europe-west1 none",
    "a europe-west1 wrong-audience",
    "a europe-west1 token",
    "a us-central1 none",
    "a us-central1 wrong-audience",
    "a us-central1 token",
    "open europe-west1 none",
  ]);
});

test("the sample is the same whatever else is asked, and grows without losing a pair", () => {
  const names = Array.from({ length: 12 }, (_, index) => `s${index}`);
  const text = (order: readonly string[]): string => `services: { ${order.map((name) => `${name}: {}`).join(", ")} }\n`;
  const all = triedBy("s0", plan(text(names), ["s0"], { sample: 12 }), "refuse");
  expect([...all].sort()).toEqual([...names].sort());
  assert(
    property(nat(12), uniqueArray(constantFrom(...names), { minLength: 12, maxLength: 12 }), (size, order) => {
      const some = triedBy("s0", plan(text(order), ["s0"], { sample: size }), "refuse");
      const more = triedBy("s0", plan(text(names), ["s0", "s1"], { sample: size + 1 }), "refuse");
      expect(some).toHaveLength(size);
      expect(some.every((each) => more.includes(each))).toBe(true);
    }),
    { numRuns: 30 },
  );
  expect(triedBy("s0", plan(text(names), ["s0"], { sample: 3 }), "refuse")).not.toEqual(names.slice(0, 3));
});

describe("where a service is called", () => {
  const urls = (given: readonly string[], off = false): readonly (string | null)[] => {
    const record = { ...live("billing"), urls: given, defaultUrlDisabled: off };
    const snapshot = liveWorld({ services: [record] });
    return plan("services: { billing: {} }\n", [], { snapshot }).probes.map(({ url, obstacle }) => url ?? obstacle);
  };
  const own = "https://billing-111111111111.europe-west1.run.app";

  test.each([
    ["its own URL, of both that there are", ["https://billing-abc123xyz-ew.a.run.app", own], `${own}/`],
    [
      "the other one, where it is the only one",
      ["https://billing-abc123xyz-ew.a.run.app"],
      "https://billing-abc123xyz-ew.a.run.app/",
    ],
    ["the matrix's, where the snapshot names another's", ["https://evil.example"], `${own}/`],
    ["nor another service's", ["https://evil-111111111111.europe-west1.run.app"], `${own}/`],
    ["nor of another project", ["https://billing-222222222222.europe-west1.run.app"], `${own}/`],
    ["nor of another region", ["https://billing-111111111111.us-central1.run.app"], `${own}/`],
    [
      "nor with a user, a port or a path",
      [`https://x@billing-111111111111.europe-west1.run.app`, `${own}:1`, `${own}/x`],
      `${own}/`,
    ],
    [
      "nor without TLS, nor below another domain",
      [own.replace("https", "http"), `${own}.evil.example`, `https://evil.example/${own}`],
      `${own}/`,
    ],
  ])("%s", (_, given, expected) => {
    expect(urls(given)).toEqual([expected]);
  });

  test("what is not sure of it is told, and a name that reads as a tag of another is not called", () => {
    const of = (name: string, given: readonly string[]) => {
      const snapshot = liveWorld({ services: [{ ...live(name), urls: given }] });
      const { probes } = plan(`services: { ${name}: {} }\n`, [], { snapshot });
      return probes.map(({ doubt, obstacle }) => doubt ?? obstacle);
    };
    expect(of("billing", [own])).toEqual([null]);
    expect(of("billing", ["https://billing-abc123xyz-ew.a.run.app"])).toEqual([
      expect.stringMatching(/only the snapshot/),
    ]);
    expect(of("billing", ["https://evil.example"])).toEqual([expect.stringMatching(/no URL that is its own/)]);
    expect(of("canary---billing", ["https://canary---billing-111111111111.europe-west1.run.app"])).toEqual([
      expect.stringMatching(/a tag and a service/),
    ]);
  });

  test("nowhere, where it is switched off or not known", () => {
    expect(urls([own], true)).toEqual(["its run.app URL is switched off"]);
    const one = "services: { billing: {} }\n";
    const long = plan(one, [], {}, matrixOf(one).replace(', number: "111111111111"', "")).probes;
    expect(long).toMatchObject([{ url: null, obstacle: expect.stringContaining("its URL is not known") }]);
  });
});
