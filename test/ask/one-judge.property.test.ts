import * as fc from "fast-check";
import { expect, test } from "vitest";
import { askLive } from "../../src/ask/ask-live.ts";
import { blastRadius } from "../../src/ask/blast-radius.ts";
import { canCall } from "../../src/ask/can-call.ts";
import { explainAccess } from "../../src/ask/explain/explain-access.ts";
import { viewLive } from "../../src/drift/view-live.ts";
import { driftOf, readMatrixFor, worldOf } from "../drift/drift-of.ts";
import { invoker, live, sa, world } from "../drift/live-world.ts";
import { sourceOf } from "./asking.ts";

// There is one judge: whoever asks gets the same answer, and no answer says no to what drift shows.

const denied = { status: "denied", reason: "403" } as const;
const names = ["ads", "billing", "cart"];
const people = ["user:joe@x.example", "user:zed@y.example", "group:devs@x.example", "domain:x.example"];
const members = fc.uniqueArray(
  fc.constantFrom(
    ...names.map((name) => sa(name)),
    ...people,
    "allUsers",
    "allAuthenticatedUsers",
    "projectEditor:elsewhere",
  ),
  { maxLength: 3 },
);
const town = fc.record({
  edges: fc.uniqueArray(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)), {
    selector: String,
    maxLength: 4,
  }),
  grants: fc.tuple(members, members, members),
  condition: fc.boolean(),
  runsAs: fc.constantFrom(...names),
  isGroupRead: fc.boolean(),
  unread: fc.constantFrom(...names, null),
  isDenied: fc.boolean(),
  caller: fc.constantFrom(...names, ...people, "internet"),
});

type Town = typeof town extends fc.Arbitrary<infer T> ? T : never;

function textOf({ edges }: Town): string {
  const lines = edges.filter(([a, b]) => a !== b).map(([a, b]) => `  ${a} -> ${b}: Calls`);
  return [
    "version: 1",
    'environments: { prod: { project: acme-prod, number: "111111111111", regions: [europe-west1] } }',
    "services: { ads: {}, billing: {}, cart: {} }",
    lines.length === 0 ? "trust: {}" : "trust:",
    ...lines,
    "",
  ].join("\n");
}

function snapshotOf({ grants, condition, runsAs, isGroupRead, unread, isDenied }: Town) {
  return world({
    services: names.map((name, index) => {
      const binding = invoker(...(grants[index] ?? []));
      const title = { title: "t", expression: 'resource.name == "x"' };
      const account = sa(name === "ads" ? runsAs : name).replace("serviceAccount:", "");
      const record = live(name, [condition && index === 0 ? { ...binding, condition: title } : binding], { account });
      return name === unread ? { ...record, policy: denied } : record;
    }),
    groups: [
      {
        email: "devs@x.example",
        members: isGroupRead ? { status: "read", value: ["user:zed@y.example", sa("cart")] } : denied,
      },
    ],
    ...(isDenied ? { project: { deny: { status: "read", value: [denyJoe] } } } : {}),
  });
}

const denyJoe = {
  name: "joe",
  rules: [
    {
      deniedPrincipals: ["principal://goog/subject/joe@x.example"],
      exceptionPrincipals: [],
      deniedPermissions: ["run.googleapis.com/routes.invoke"],
      exceptionPermissions: [],
    },
  ],
};

test("can, explain-access, blast-radius and the grid say the same of a pair, and drift nothing else", () => {
  fc.assert(
    fc.property(town, (drawn) => {
      const [text, snapshot] = [textOf(drawn), snapshotOf(drawn)];
      const source = sourceOf(text, snapshot);
      const drift = driftOf(text, snapshot, { indirect: false });
      const { matrix, name, locate, ...rest } = readMatrixFor(text, snapshot);
      if (matrix === undefined) throw new Error("no matrix");
      const question = {
        matrix,
        name,
        world: worldOf({ matrix, name, locate, ...rest }),
        locate,
        status: null,
        audience: undefined,
        history: null,
      };
      const asked = askLive(drift, question.world, snapshot);
      if (asked.drift === null) throw new Error("nothing live");
      const view = viewLive(snapshot, matrix.asOf);
      for (const caller of [drawn.caller]) {
        const reached = new Map(blastRadius(source, caller).reached.map((line) => [line.callee, line.live?.verdict]));
        for (const callee of names) {
          const { answer } = canCall(source, caller, callee, false);
          const further = canCall(source, caller, callee, true).answer;
          const told = `${caller} ${callee} ${answer}`;
          const explained = explainAccess({ ...question, live: { ...asked, snapshot, view }, caller, callee });
          expect(`${caller} ${callee} ${words[explained.answer]}`).toBe(told);
          const cell = source.grid.cells.find((each) => each.caller === caller && each.callee === callee);
          if (cell !== undefined) expect(`${caller} ${callee} ${words[cell.verdict ?? "no"]}`).toBe(told);
          const row = drift.access.find((each) => each.service === callee && each.principal === caller);
          if (row?.verdict === "allowed") expect(told).toContain("yes");
          if (row?.verdict === "conditional") expect(told).not.toContain(" no");
          if (answer !== "no") expect(further).not.toBe("no");
          if (answer === "yes") expect(further).toBe("yes");
          if (caller !== callee) expect(reached.get(callee) === "allowed").toBe(further === "yes");
          if (further === "no") expect(reached.get(callee)).toBeUndefined();
        }
      }
    }),
    { numRuns: 40, endOnFailure: true },
  );
});

const words = { allowed: "yes", conditional: "conditional", unknown: "unknown", denied: "no", no: "no" } as const;
