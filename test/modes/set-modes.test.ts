import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderOf } from "../cli/answer.ts";
import { type Ran, runMatrix } from "../cli/test-io.ts";

const head = `version: 1
environments:
  staging: { project: acme-staging, regions: [europe-west1] }
  prod: { project: acme-prod, regions: [europe-west1] }
`;

/** Sets modes in a matrix of two environments; what was said, and the services afterwards. */
async function set(services: string, argv: readonly string[]): Promise<Ran & { readonly after: string }> {
  const before = `${head}services:\n${services}`;
  const folder = folderOf({ "matrix.yaml": before });
  const ran = await runMatrix(["modes", "set", ...argv], { cwd: folder });
  const after = readFileSync(join(folder, "matrix.yaml"), "utf8");
  return { ...ran, after: after.replace(`${head}services:\n`, "") };
}

test("the mode is written where the service stands, and everything else stays as it is", async () => {
  const services = "  billing: # ours\n    mode: add # until May\n\n  # Books.\n  ledger: { owner: team }\n";
  const { code, stdout, after } = await set(services, ["billing", "ledger", "observe"]);
  expect([code, stdout]).toEqual([
    0,
    "changed matrix.yaml\n  billing  mode: add -> observe\n  ledger  mode: observe\n",
  ]);
  expect(after).toBe(
    "  billing: # ours\n    mode: observe # until May\n\n  # Books.\n  ledger: { owner: team, mode: observe }\n",
  );
});

test("overrides that say the same go, those that say something else are named", async () => {
  const services = `  billing: { mode: add, overrides: { staging: { mode: enforce }, prod: { mode: observe } } }\n`;
  const { stdout, after } = await set(services, ["billing", "enforce"]);
  expect(after).toBe("  billing: { mode: enforce, overrides: { prod: { mode: observe } } }\n");
  expect(stdout).toBe(`changed matrix.yaml
  billing  mode: add -> enforce
  billing  overrides.staging.mode deleted (was enforce): without it the mode is enforce
billing stays at observe in prod: its override says so; to change it, add --env prod
`);
});

test("--env writes an override, and takes it away where the mode in general says the same", async () => {
  const one = await set("  billing: {}\n", ["billing", "add", "--env", "prod"]);
  expect(one.after).toBe("  billing: { overrides: { prod: { mode: add } } }\n");
  const kept = await set("  billing: { overrides: { prod: { mode: add, public: null } } }\n", [
    "billing",
    "enforce",
    "--env",
    "prod",
  ]);
  expect(kept.after).toBe("  billing: { overrides: { prod: { public: null } } }\n");
  const gone = await set("  billing: { overrides: { prod: { mode: add } } }\n", [
    "billing",
    "enforce",
    "--env",
    "prod",
  ]);
  expect(gone.after).toBe("  billing: {}\n");
});

test("where a service is in one environment only, or all are named, the plain mode is written", async () => {
  const only = "  billing: { environments: [prod], overrides: { prod: { mode: observe } } }\n";
  expect((await set(only, ["billing", "add", "--env", "prod"])).after).toBe(
    "  billing: { environments: [prod], mode: add }\n",
  );
  const both = await set("  billing: {}\n", ["billing", "add", "--env", "prod", "--env", "staging"]);
  expect(both.after).toBe("  billing: { mode: add }\n");
});

test("the default of the matrix is the mode in general", async () => {
  const services = "  billing: { overrides: { prod: { mode: enforce } } }\ndefaults: { mode: observe }\n";
  expect((await set(services, ["billing", "observe", "--env", "prod"])).after).toBe(
    "  billing: {}\ndefaults: { mode: observe }\n",
  );
  const same = await set("  billing: {}\ndefaults: { mode: observe }\n", ["billing", "observe"]);
  expect(same.stdout).toBe("nothing to change: the mode is observe already\n");
});

test("a set stands for its services, callers in it are left alone", async () => {
  const services = `  billing: {}\n  ledger: { environments: [staging] }
callers: { oncall: { group: oncall@acme.example } }\nsets: { money: [billing, ledger, oncall], people: [oncall] }\n`;
  const { after } = await set(services, ["money", "billing", "add", "--env", "prod"]);
  expect(after.split("\n").slice(0, 2)).toEqual([
    "  billing: { overrides: { prod: { mode: add } } }",
    "  ledger: { environments: [staging] }",
  ]);
  expect((await set(services, ["people", "add"])).stderr).toContain("the set people holds no service");
  expect((await set(services, ["oncall", "add"])).stderr).toContain("oncall is a caller");
  const absent = await set(services, ["ledger", "add", "--env", "prod"]);
  expect([absent.code, absent.stderr]).toEqual([
    2,
    "error: ledger is not in prod\n  help: leave --env out, or name another\n",
  ]);
});

test.each([
  [["biling", "add"], 'no service or set is called "biling"', 'did you mean "billing"?'],
  [["zzz", "add"], 'no service or set is called "zzz"', "matrix modes lists the services"],
  [["billing", "ad"], 'the last word must be a mode, and "ad" is none', 'did you mean "add"?'],
  [["billing"], 'the last word must be a mode, and "billing" is none', "write observe, add or enforce"],
  [["add"], "no service is named", "matrix modes set NAME add"],
  [["billing", "add", "--env", "prd"], 'no environment is called "prd"', 'did you mean "prod"?'],
  [["billing", "add", "--file", "-"], "standard input cannot be changed", "--file"],
  [["billing", "add", "--snapshot", "s.json"], "modes set reads no snapshot", "matrix modes takes it"],
])("%j is wrong use", async (argv, message, help) => {
  const { code, stderr, after } = await set("  billing: {}\n", argv);
  expect([code, after]).toEqual([2, "  billing: {}\n"]);
  expect(stderr).toContain(message);
  expect(stderr).toContain(help);
});

test("a row that another state manages is taken over only when told, and its mark goes then", async () => {
  const services = `  billing: { mode: observe, x-terraform-elsewhere: ["m.callers in team-a.json"] }\n  ledger: { mode: observe }\n`;
  const refused = await set(services, ["billing", "ledger", "enforce"]);
  expect([refused.code, refused.after]).toEqual([1, services]);
  expect(refused.stderr).toContain("billing: another Terraform state has m.callers in team-a.json");
  expect((await set(services, ["billing", "observe"])).code).toBe(0);
  const taken = await set(services, ["billing", "add", "--take-over"]);
  expect(taken.after).toBe("  billing: { mode: add }\n  ledger: { mode: observe }\n");
  expect(taken.stdout).toContain("billing  x-terraform-elsewhere deleted");
  const already = services.replace("observe, x-", "add, x-");
  expect((await set(already, ["billing", "add"])).code).toBe(0);
  expect((await set(already, ["billing", "add", "--take-over"])).after).toBe(taken.after);
});

test("a mark in an override keeps that environment, and is deleted where its row is taken over", async () => {
  const services = `  billing: { mode: observe, overrides: { prod: { x-terraform-elsewhere: [m.callers in a.json] } } }\n`;
  const refused = await set(services, ["billing", "enforce", "--env", "prod"]);
  expect([refused.code, refused.after]).toEqual([1, services]);
  expect(refused.stderr).toContain("billing: another Terraform state has m.callers in a.json");
  expect((await set(services, ["billing", "enforce"])).code).toBe(1);
  const beside = await set(services, ["billing", "enforce", "--env", "staging"]);
  expect([beside.code, beside.after.includes("m.callers in a.json")]).toEqual([0, true]);
  expect((await set(services, ["billing", "enforce", "--env", "staging", "--take-over"])).after).toBe(beside.after);
  const taken = await set(services, ["billing", "enforce", "--env", "prod", "--take-over"]);
  expect(taken.after).toBe("  billing: { mode: observe, overrides: { prod: { mode: enforce } } }\n");
  expect(taken.stdout).toContain("billing  overrides.prod.x-terraform-elsewhere deleted");
});

test("a mark that is about all environments stays with those that are not taken over", async () => {
  const services = `  billing: { mode: observe, x-terraform-elsewhere: [one] }\n`;
  expect((await set(services, ["billing", "enforce", "--env", "prod"])).code).toBe(1);
  const taken = await set(services, ["billing", "enforce", "--env", "prod", "--take-over"]);
  expect(taken.after).toBe(
    "  billing:\n    mode: observe\n    overrides: { prod: { mode: enforce }, staging: { x-terraform-elsewhere: [one] } }\n",
  );
  expect((await set(taken.after, ["billing", "enforce", "--env", "staging"])).code).toBe(1);
  const whole = await set(taken.after, ["billing", "enforce", "--take-over"]);
  expect(whole.after).toBe("  billing:\n    mode: enforce\n");
});

test("the mark of the account keeps nothing", async () => {
  const services = "  billing: { mode: observe, x-terraform-elsewhere-account: [one] }\n";
  const { code, after } = await set(services, ["billing", "enforce"]);
  expect([code, after]).toEqual([0, services.replace("observe", "enforce")]);
});

test("members of a set get no override of an environment that they are not in", async () => {
  const services = `  billing: { mode: add }
  ledger: { mode: add, environments: [prod] }
sets: { money: [billing, ledger] }
`;
  const { code, after } = await set(services, ["money", "observe", "--env", "prod", "--env", "staging"]);
  expect([code, after]).toEqual([0, services.replaceAll("mode: add", "mode: observe")]);
});

test("an edit that would make an error is refused with it, an error that was there is not", async () => {
  const rule = `lint: { idle-setting: error }\nowners: { team: {} }\n`;
  const services = `  billing: { image: europe-docker.pkg.dev/acme/run/billing:1, owner: nobody }\n${rule}`;
  const refused = await set(services, ["billing", "observe"]);
  expect([refused.code, refused.after]).toEqual([1, services]);
  expect(refused.stderr).toContain("idle-setting");
  expect(refused.stderr).not.toContain("unknown-owner");
  expect((await set(services, ["billing", "add"])).code).toBe(0);
});

test("included files are edited where the service stands; --dry-run writes nothing and shows the lines", async () => {
  const team = "\ufeffservices:\r\n  billing:\r\n    # ours\r\n    mode: observe\r\n";
  const folder = folderOf({
    "matrix.yaml": `${head}include: [teams/*.yaml]\nservices: { shop: {} }\n`,
    "teams/a.yaml": team,
  });
  const dry = await runMatrix(["modes", "set", "billing", "shop", "add", "--dry-run"], { cwd: folder });
  expect(dry.stdout).toBe(`would change matrix.yaml
  shop  mode: add
      6 - services: { shop: {} }
      6 + services: { shop: { mode: add } }
would change teams/a.yaml
  billing  mode: observe -> add
      4 -     mode: observe
      4 +     mode: add
`);
  expect(readFileSync(join(folder, "teams/a.yaml"), "utf8")).toBe(team);
  const json = await runMatrix(["modes", "set", "billing", "add", "--format", "json"], { cwd: folder });
  expect(JSON.parse(json.stdout)).toEqual({
    schema: "matrix/modes-set/v1",
    written: true,
    files: [{ file: "teams/a.yaml", changes: [{ service: "billing", key: "mode", from: "observe", to: "add" }] }],
    kept: [],
  });
  expect(readFileSync(join(folder, "teams/a.yaml"), "utf8")).toBe(team.replace("observe", "add"));
});

test("names from a matrix reach no terminal as they are", async () => {
  const folder = folderOf({
    "matrix.yaml": `${head}services: { billing: { mode: observe, x-terraform-elsewhere: ["\u202e\u2028"] } }\n`,
  });
  const ran = await runMatrix(["modes", "set", "billing", "add"], { cwd: folder });
  expect(ran.stderr).not.toMatch(/[\u202e\u2028]/);
  writeFileSync(join(folder, "matrix.yaml"), "services: [\n");
  expect((await runMatrix(["modes", "set", "billing", "add"], { cwd: folder })).code).toBe(1);
});
