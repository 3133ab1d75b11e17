import { describe, expect, test } from "vitest";
import { Ajv, type AnySchemaObject } from "ajv";
import { readFileSync } from "node:fs";
import { blastRadius } from "../../src/ask/blast-radius.ts";
import { canCall } from "../../src/ask/can-call.ts";
import { whoCanCall } from "../../src/ask/who-can-call.ts";
import type { CanAnswer } from "../../src/ask/answers.ts";
import { findCaller } from "../../src/ask/find-name.ts";
import { blastFormats } from "../../src/report/ask/blast-formats.ts";
import { callersFormats } from "../../src/report/ask/callers-formats.ts";
import { canFormats } from "../../src/report/ask/can-formats.ts";
import type { ProviderRecord, Snapshot } from "../../src/snapshot/snapshot.ts";
import { account, bind, denyRule, read } from "../access/tiny-world.ts";
import { appliedFederation, withProviders } from "../drift/applied-federation.ts";
import { driftOf, readMatrixFor } from "../drift/drift-of.ts";
import { email, invoker, live, sa, world } from "../drift/live-world.ts";
import {
  accountOf,
  aws,
  behind,
  github,
  gke,
  inGithub,
  MAIN,
  PODS,
  POOL,
  services,
  USER,
} from "../drift/outside-world.ts";
import { sourceOf } from "./asking.ts";

const options = { color: false, width: 1000, quiet: false, verbose: false, version: "1.2.3" };
const denied = { status: "denied", reason: "403" } as const;
const applied = appliedFederation(github);
const provided = (change: Partial<ProviderRecord>): Snapshot =>
  inGithub(withProviders(applied, (provider) => [{ ...provider, ...change }]));
const held = (...bindings: Parameters<typeof accountOf>[1][]) => ({ accounts: [accountOf("deploy", ...bindings)] });
const set = (path: string): string => `principalSet://iam.googleapis.com/${POOL}/${path}`;
const pods = (...bindings: Parameters<typeof accountOf>[1][]): Snapshot =>
  world({ services: services("scorer"), accounts: [accountOf("scorer", ...bindings)] });
const open = { services: [live("billing", [invoker("allUsers", sa("deploy"))], behind), live("ledger", [], behind)] };

function can(text: string, snapshot: Snapshot | null, caller = "deploy"): CanAnswer {
  return canCall(sourceOf(text, snapshot, true), caller, "billing", false);
}

const noTokens = denyRule(["principalSet://goog/public:all"], {
  deniedPermissions: ["getOpenIdToken", "getAccessToken"].map((each) => `iam.googleapis.com/serviceAccounts.${each}`),
});

const ACCOUNT = email("deploy-sa");
const WHO = `from outside: repository acme/shop (owner 1342004), branch main, as ${ACCOUNT} through the provider github of the pool matrix-prod-github`;

interface Case {
  readonly snapshot: Snapshot;
  readonly answer: CanAnswer["answer"];
  /** What stands behind whom the line names. */
  readonly says?: RegExp;
  readonly text?: string;
  readonly caller?: string;
}

const cases: Readonly<Record<string, Case>> = {
  "a repository": { snapshot: inGithub({}), answer: "yes" },
  pods: { snapshot: pods(bind(USER, PODS)), answer: "yes", text: gke, caller: "scorer" },
  "a role of AWS": {
    snapshot: world({ services: services("pricing"), ...appliedFederation(aws) }),
    answer: "yes",
    text: aws,
    caller: "pricing",
  },
  "by another role": { snapshot: inGithub(held(bind("roles/iam.serviceAccountTokenCreator", MAIN))), answer: "yes" },
  "by a grant on the project": { snapshot: inGithub(held(), { bindings: [bind(USER, MAIN)] }), answer: "yes" },
  "as all of its pool": { snapshot: inGithub(held(bind(USER, set("*")))), answer: "yes" },
  "to what is open to everybody, as nobody": { snapshot: inGithub(held(), open), answer: "yes" },
  "without a grant": { snapshot: inGithub(held()), answer: "no", says: /; not live: .* does not hold roles\/iam\.w/ },
  "pods without a grant": {
    snapshot: pods(),
    answer: "no",
    says: /risk\/scorer\] does not/,
    text: gke,
    caller: "scorer",
  },
  "as all of another pool": {
    snapshot: inGithub(held(bind(USER, set("*").replace("111111111111", "222222222222")))),
    answer: "no",
  },
  "by a role that gives no token": { snapshot: inGithub(held(bind("roles/run.invoker", MAIN))), answer: "no" },
  "denied by a policy": {
    snapshot: inGithub({}, { project: { deny: read([{ name: "policies/d", rules: [noTokens] }]) } }),
    answer: "no",
    says: /a deny policy keeps it from that/,
  },
  "without a pool": { snapshot: inGithub({ pools: [] }), answer: "no", says: /its pool \S+ does not exist$/m },
  "without a pool and a grant": {
    snapshot: inGithub({ pools: [], ...held() }),
    answer: "no",
    says: /does not hold .* and its pool \S+ does not exist/,
  },
  "with its pool off": {
    snapshot: inGithub({ pools: applied.pools.map((pool) => ({ ...pool, active: false })) }),
    answer: "no",
    says: /not live: its pool \S+ is off$/m,
  },
  "without a provider": {
    snapshot: inGithub(withProviders(applied, () => [])),
    answer: "no",
    says: /providers\/github does not exist/,
  },
  "with its provider off": { snapshot: provided({ active: false }), answer: "no", says: /providers\/github is off/ },
  "without an account": {
    snapshot: inGithub({ accounts: [{ email: ACCOUNT, details: read(null) }] }),
    answer: "no",
    says: /does not exist/,
  },
  "with its account disabled": {
    snapshot: inGithub({ accounts: [account(ACCOUNT, [bind(USER, MAIN)], true)] }),
    answer: "no",
    says: /is disabled/,
  },
  "under a condition": {
    snapshot: inGithub(held(bind(USER, MAIN, "resource.matchTag('a/b', 'c')"))),
    answer: "conditional",
    says: /; perhaps live: .* under a condition only/,
  },
  "as another set of its pool": {
    snapshot: inGithub(held(bind(USER, set("attribute.repository/acme/shop")))),
    answer: "conditional",
    says: /only if it is in another set/,
  },
  "by a provider that differs": {
    snapshot: provided({ condition: "true" }),
    answer: "conditional",
    says: /; perhaps live: the provider .* has the condition `true`/,
  },
  "with the account's policy unread": {
    snapshot: inGithub({ accounts: [{ ...accountOf("deploy"), policy: denied }] }),
    answer: "unknown",
    says: /; not known: IAM policy of the account of \S+ \(denied\): 403 was not read/,
  },
  "with the account unread": {
    snapshot: inGithub({ accounts: [] }),
    answer: "unknown",
    says: /IAM policy of the account/,
  },
  "with the providers unread": {
    snapshot: inGithub({ pools: applied.pools.map((pool) => ({ ...pool, providers: denied })) }),
    answer: "unknown",
    says: /not known: providers of /,
  },
  "with the mapping unread": {
    snapshot: inGithub(
      withProviders(applied, ({ name, active, issuer, condition }) => [{ name, active, issuer, condition }]),
    ),
    answer: "unknown",
    says: /mapping, audiences and keys of /,
  },
};

describe.each(Object.entries(cases))("%s", (_what, { snapshot, answer, says, text = github, caller = "deploy" }) => {
  test("the answer is no surer than the way to its account", () => {
    const found = can(text, snapshot, caller);
    expect(found).toMatchObject({ answer, complete: answer !== "unknown" });
    const written = canFormats.text(found, options);
    expect(written).toMatch(says ?? /^ {2}from outside: /m);
    if (answer === "yes" && found.outside?.answer === "yes") expect(written).toMatch(/; live$/m);
    if (answer !== "yes") {
      expect(found.reality?.answer).toBe("yes");
      expect(written.split("\n")[0]).toMatch(new RegExp(`act as ${found.outside?.account}`));
    }
  });
});

test("drift misses a caller where can says that its account is not for it, and only there", () => {
  for (const [what, { snapshot, text = github, caller = "deploy" }] of Object.entries(cases)) {
    const { lacks } = can(text, snapshot, caller).outside ?? { lacks: [] };
    const isShort = lacks.some(({ kind, isSure }) => isSure && (kind === "grant" || kind === "provider"));
    const { findings } = driftOf(text, snapshot);
    const misses = findings.some(({ rule }) => rule === "outsider-missing");
    // Drift wants the declared grant itself, without a condition; a deny policy it does not ask.
    if (isShort && what !== "denied by a policy") expect([what, misses]).toEqual([what, true]);
    if (!misses) expect([what, isShort]).toEqual([what, what === "denied by a policy"]);
  }
});

test("cells keep the account's state, and carry what drift finds of the caller", () => {
  const { grid } = sourceOf(github, inGithub(held()));
  const cell = grid.cells.find(({ caller }) => caller === "deploy");
  expect(cell).toMatchObject({ state: "agreed", verdict: "allowed" });
  expect(cell?.findings.map((index) => grid.findings[index]?.rule)).toEqual(["outsider-missing"]);
  expect(whoCanCall(grid, "billing", undefined)?.callers).toMatchObject([
    { caller: "deploy", findings: ["outsider-missing"], outside: { answer: "no" } },
  ]);
});

test("who can call says it of each caller, and is incomplete where it was not read", () => {
  const told = (snapshot: Snapshot | null): string => {
    const answer = whoCanCall(sourceOf(github, snapshot).grid, "billing", undefined);
    return answer === undefined ? "" : callersFormats.text([answer], options);
  };
  expect(told(null)).toMatch(`    ${WHO}\n`);
  expect(told(inGithub({}))).toContain(`    ${WHO}; live\n`);
  expect(told(inGithub({}))).toMatch(/^complete/m);
  expect(told(inGithub({ accounts: [] }))).toMatch(/^INCOMPLETE/m);
});

test("an account that is named by its address is that account, whoever can become it", () => {
  const source = sourceOf(github, inGithub(held()), true);
  const { matrix } = readMatrixFor(github, inGithub({}));
  if (matrix === undefined) throw new Error("no matrix");
  const name = findCaller(sa("deploy"), { matrix, world: source.world, drift: source.drift });
  expect(name).toBe(sa("deploy"));
  expect(canCall(source, sa("deploy"), "billing", false)).toMatchObject({ answer: "yes", outside: null });
});

test("the blast radius says who the account is for", () => {
  const answer = blastRadius(sourceOf(github, inGithub({}), true), "deploy");
  expect(blastFormats.text(answer, options)).toContain(
    `taken as ${sa("deploy")}: repository acme/shop (owner 1342004), branch main\n`,
  );
});

test("every format tells of it as its schema says", () => {
  const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true });
  const compiled = new Map(
    ["can", "who-can-call", "blast-radius"].map((name) => {
      const path = new URL(`../../schemas/${name}.schema.json`, import.meta.url);
      return [name, ajv.compile(JSON.parse(readFileSync(path, "utf8")) as AnySchemaObject)] as const;
    }),
  );
  const valid = (name: string, text: string): void => {
    const validate = compiled.get(name);
    if (validate === undefined) throw new Error(name);
    validate(JSON.parse(text));
    expect(validate.errors).toBeNull();
  };
  for (const snapshot of [null, inGithub(held()), inGithub({ accounts: [] }), provided({ condition: "true" })]) {
    const source = sourceOf(github, snapshot, true);
    const callers = whoCanCall(source.grid, "billing", undefined);
    valid("can", canFormats.json(can(github, snapshot), options));
    valid("who-can-call", callersFormats.json(callers === undefined ? [] : [callers], options));
    valid("blast-radius", blastFormats.json(blastRadius(source, "deploy"), options));
    expect(canFormats.csv(can(github, snapshot), options)).toContain(WHO.slice(0, 40));
  }
});
