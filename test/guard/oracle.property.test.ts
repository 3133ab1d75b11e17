import { type Arbitrary, array, assert, constantFrom, nat, property, record } from "fast-check";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readPlan } from "../../src/guard/read-plan.ts";
import { change, CHECKOUT, guarded, planOf } from "./guarded.ts";

// A plan of random grants against an evaluator that knows nothing but the sentences of the docs about this one matrix.

const services = ["billing", "checkout", "mailer", "shop", "unheard-of"] as const;
const roles = ["roles/run.invoker", "roles/run.developer", "roles/run.viewer", "roles/editor", "roles/viewer"] as const;
const invoking: readonly string[] = ["roles/run.invoker", "roles/run.developer", "roles/editor"];
const members = [
  "allUsers",
  CHECKOUT,
  "user:dana@acme.example",
  "serviceAccount:shop-sa@acme-prod.iam.gserviceaccount.com",
  "principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/subject/s",
] as const;
const declared: readonly string[] = [
  `billing ${CHECKOUT}`,
  `mailer ${CHECKOUT}`,
  "checkout serviceAccount:shop-sa@acme-prod.iam.gserviceaccount.com",
  "shop allUsers",
];

interface Drawn {
  readonly project: "acme-prod" | "acme-other";
  readonly service: (typeof services)[number] | null;
  readonly role: (typeof roles)[number];
  readonly member: (typeof members)[number];
  readonly as: "binding" | "member" | "policy";
}

const drawn: Arbitrary<Drawn> = record({
  project: constantFrom("acme-prod", "acme-prod", "acme-other"),
  service: constantFrom(null, ...services),
  role: constantFrom(...roles),
  member: constantFrom(...members),
  as: constantFrom("binding", "member", "policy"),
});

/** Whether a grant lets somebody in whom the matrix does not declare. */
function isUndeclared({ project, service, role, member }: Drawn): boolean {
  if (project !== "acme-prod" || !invoking.includes(role) || member.startsWith("principal:")) return false;
  return service === null || !declared.includes(`${service} ${member}`);
}

function resource({ project, service, role, member, as }: Drawn, at: number): object {
  const where = service === null ? { project } : { project, location: "europe-west1", name: service };
  const what = {
    binding: { role, members: [member] },
    member: { role, member },
    policy: { policy_data: JSON.stringify({ bindings: [{ role, members: [member] }] }) },
  };
  const type = `${service === null ? "google_project" : "google_cloud_run_v2_service"}_iam_${as}`;
  return change({ type, name: `r${at}`, after: { ...where, ...what[as] } });
}

const access: readonly string[] = ["plan-grants-public", "plan-grants-undeclared", "plan-grants-inherited"];

test("who is let in is who a naive evaluator says", () => {
  assert(
    property(array(drawn, { maxLength: 8 }), (grants) => {
      const { findings, complete } = guarded(planOf(grants.map(resource)));
      const found = new Set(
        findings.filter(({ rule }) => access.includes(rule)).map(({ address }) => address.split(".")[1]),
      );
      expect(found).toEqual(new Set(grants.flatMap((grant, at) => (isUndeclared(grant) ? [`r${at}`] : []))));
      expect(complete).toBe(true);
    }),
    { seed: 2026, numRuns: 60 },
  );
});

test("to hide what a plan grants makes it unknown, never clean", () => {
  assert(
    property(drawn, constantFrom("role", "member", "name", "project"), (grant, hidden) => {
      if (grant.as !== "member" || (grant.service === null && hidden === "name")) return;
      const whole = resource(grant, 0) as {
        readonly type: string;
        readonly change: { readonly after: Record<string, unknown> };
      };
      const { [hidden]: _, ...after } = whole.change.after;
      const { findings, complete } = guarded(
        planOf([change({ type: whole.type, name: "r0", after, unknown: { [hidden]: true } })]),
      );
      if (isUndeclared(grant)) expect(complete && !findings.some(({ rule }) => access.includes(rule))).toBe(false);
    }),
    { seed: 2026, numRuns: 60 },
  );
});

const recorded = readFileSync(new URL("./plans/foreign.json", import.meta.url), "utf8");
const junk = [
  null,
  true,
  7,
  "",
  "${x}",
  "projects/",
  [],
  [null],
  {},
  { references: ["var.x", 3] },
  { constant_value: {} },
] as const;

/** Whether a resource says in whole that it grants nobody anything. */
function isEmpty(after: unknown): boolean {
  const given = (after ?? {}) as { readonly members?: unknown; readonly policy_data?: unknown };
  return given.policy_data === "" || (Array.isArray(given.members) && given.members.length === 0);
}

test("no mutation of an undeclared grant makes its plan clean", () => {
  assert(
    property(drawn, nat({ max: 14 }), constantFrom(...junk), (grant, place, instead) => {
      if (!isUndeclared(grant)) return;
      const { change: written, ...rest } = resource(grant, 0) as { readonly change: object };
      const mutated = mutate(written, { left: place }, instead) as { readonly after?: unknown };
      const text = JSON.stringify(planOf([{ ...rest, change: mutated }]));
      if ("problem" in readPlan(text, "plan.json") || isEmpty(mutated.after)) return;
      const { findings, complete } = guarded(text);
      const isTold = findings.some(({ already, severity }) => !already && severity === "error");
      expect(complete && !isTold).toBe(false);
    }),
    { seed: 2026, numRuns: 600 },
  );
});

/** Puts something else in the place of one value of a document. */
function mutate(value: unknown, at: { left: number }, instead: unknown): unknown {
  if (at.left-- === 0) return instead;
  if (Array.isArray(value)) return value.map((each) => mutate(each, at, instead));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mutate(each, at, instead)]));
}

test("whatever a plan holds, it is judged or refused", () => {
  assert(
    property(nat({ max: 900 }), nat({ max: 900 }), constantFrom(...junk), (first, second, instead) => {
      const once = mutate(JSON.parse(recorded), { left: first }, instead);
      const text = JSON.stringify(mutate(once, { left: second }, instead));
      if (!("problem" in readPlan(text, "plan.json"))) expect(guarded(text).findings).toBeInstanceOf(Array);
    }),
    { seed: 2026, numRuns: 120 },
  );
});
