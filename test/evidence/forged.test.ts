import { generateKeyPairSync } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { scopePopulation } from "../../src/evidence/scope-population.ts";
import type { World } from "../../src/matrix/model/world.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { sealSnapshot } from "../../src/snapshot/seal-snapshot.ts";
import { runMatrix } from "../cli/test-io.ts";
import { GitFolder } from "../git/git-folder.ts";
import { forgePack } from "./forge.ts";

// What somebody can do to a pack, or to what it is made of, so that it looks better than it is.

const root = fileURLToPath(new URL("../../", import.meta.url));
const make = ["evidence", "matrix.example.yaml", "--env", "prod", "--snapshot"];
const keys = generateKeyPairSync("ed25519");
const commit = "a".repeat(40);
const record = {
  schema: "matrix/approvals/v1",
  repository: "acme/shop",
  pullRequest: 7,
  author: "ada",
  baseRef: "main",
  base: commit,
  compared: commit,
  head: commit,
  matrix: "matrix.example.yaml",
  asOf: "2026-11-01T00:00:00Z",
  needs: [] as readonly object[],
  complete: true,
  version: "1",
};
let cwd = "";

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), "matrix-forged-"));
  for (const name of ["matrix.example.yaml", "matrix.example.snapshot.json"]) cpSync(`${root}${name}`, join(cwd, name));
  writeFileSync(join(cwd, "public.pem"), keys.publicKey.export({ type: "spki", format: "pem" }));
  writeFileSync(join(cwd, "none.json"), JSON.stringify(record));
  await run(...make, "matrix.example.snapshot.json", "--out", "pack", "--approvals", "none.json");
});

afterAll(() => {
  rmSync(cwd, { recursive: true, force: true });
});

const run = (...argv: readonly string[]) => runMatrix(argv, { cwd });
const statement = (pack: string): string => readFileSync(join(cwd, pack, "statement.md"), "utf8");

async function forged(
  name: string,
  change: (file: (path: string) => string) => void,
  version?: string,
): Promise<readonly [number, string]> {
  forgePack(join(cwd, "pack"), join(cwd, name), change, version === undefined ? {} : { version });
  const { code, stdout } = await run("evidence", "verify", name);
  return [code, stdout];
}

test("another version in the manifest switches no check off", async () => {
  const rewrite = (find: RegExp, put: string, name: string) => (file: (path: string) => string) => {
    const text = readFileSync(file(name), "utf8");
    expect(text).toMatch(find);
    writeFileSync(file(name), text.replace(find, put));
  };
  const unsure = async (...given: Parameters<typeof forged>): Promise<string> => {
    const [code, text] = await forged(...given);
    expect(text).toMatch(/^\S+ could not be checked in full\n {2}manifest\.json says matrix 9\.9\.9, and this is /);
    expect(code).toBe(3);
    return text;
  };
  const wrong = async (...given: Parameters<typeof forged>): Promise<string> => {
    const [code, text] = await forged(...given);
    expect(code).toBe(1);
    return text;
  };
  expect(await unsure("v1", () => undefined, "9.9.9")).toMatch(/statement\.md was not checked.*from byte \d+ on\n/);
  const kinder = rewrite(/"message": "[^"]*/, '"message": "Nothing', "drift.json");
  expect(await unsure("v2", kinder, "9.9.9")).toMatch(/drift\.json was not checked.*its verdict is another/);
  const open = rewrite(/"verdict": "allowed"/, '"verdict": "denied"', "drift.json");
  expect(await unsure("v3", open, "9.9.9")).toContain("its verdict is another");
  expect(await unsure("v4", rewrite(/prod/, "none", "report.html"), "9.9.9")).toContain("report.html was not checked");
  const board = (file: (path: string) => string): void => writeFileSync(file("BOARD-APPROVAL.txt"), "yes");
  expect(await wrong("v5", board, "9.9.9")).toContain("BOARD-APPROVAL.txt is no file of a pack");
  const less = (file: (path: string) => string): void => rmSync(file("population.csv"));
  expect(await wrong("v6", less, "9.9.9")).toContain("population.csv is missing");
  const source = (file: (path: string) => string): void => writeFileSync(file("sources/more.yaml"), "x: 1");
  expect(await wrong("v7", source, "9.9.9")).toContain("sources/more.yaml is listed, and nothing in the pack makes it");
  expect(await wrong("v8", () => undefined, "1.0.0 **approved**")).toContain("manifest.json names no version");
});

test("only what was read is among the sources, only records among the approvals, and no folder is empty", async () => {
  const wrong = async (name: string, change: Parameters<typeof forged>[1]): Promise<string> => {
    const [code, text] = await forged(name, change);
    expect(code).toBe(1);
    return text;
  };
  const put =
    (path: string, value: object): Parameters<typeof forged>[1] =>
    (file) =>
      writeFileSync(file(path), JSON.stringify(value));
  expect(await wrong("f1", put("sources/minutes.yaml", {}))).toContain("sources/minutes.yaml is listed, and nothing");
  expect(await wrong("f2", put("approvals/ceo.json", {}))).toContain("approvals/ceo.json is no record of approvals");
  expect(await wrong("f3", put("approvals/ceo.json", { ...record, pullRequest: 8 }))).toContain(
    "approvals/ceo.json is not named as its record is: approvals/8-aaaaaaaaaaaa.json",
  );
  expect(
    await wrong("f4", put("approvals/8-aaaaaaaaaaaa.json", { ...record, pullRequest: 8, repository: "x/y" })),
  ).toContain("approvals/ is of several repositories");
  mkdirSync(join(cwd, "pack/empty"));
  expect((await run("evidence", "verify", "pack")).stdout).toContain("  empty/ is an empty folder");
  rmSync(join(cwd, "pack/empty"), { recursive: true });
  expect((await run("evidence", "verify", "pack")).code).toBe(0);
});

test("a record that cannot be is refused, and one of a change without needs approves nothing", async () => {
  expect(statement("pack")).toMatch(/^\| `approvals\/7-.*\| needed none \|/m);
  expect(statement("pack")).toContain("The records are not signed by GitHub");
  const need = {
    owner: "x",
    github: ["@x"],
    fingerprints: [],
    approvals: [{ user: "bob" }],
    state: "approved",
    problems: [],
  };
  const refused: readonly (readonly [object, string])[] = [
    [{ ...need, approvals: [{ user: "Ada" }] }, "the author is among those who approved"],
    [{ ...need, approvals: [] }, "is approved by nobody"],
    [{ ...need, problems: ["forged"] }, "is approved, and has problems"],
  ];
  for (const [bad, why] of refused) {
    writeFileSync(join(cwd, "bad.json"), JSON.stringify({ ...record, needs: [bad] }));
    const { stderr, code } = await run(
      ...make,
      "matrix.example.snapshot.json",
      "--out",
      "no",
      "--approvals",
      "bad.json",
    );
    expect(stderr).toContain(why);
    expect(code).toBe(2);
  }
  writeFileSync(join(cwd, "bad.json"), JSON.stringify({ ...record, repository: "evil/other" }));
  const two = ["--approvals", "none.json", "--approvals", "bad.json"];
  expect((await run(...make, "matrix.example.snapshot.json", "--out", "no", ...two)).stderr).toContain(
    "several repositories",
  );
});

test("judged far from the reading, the statement warns, and verify says it", async () => {
  await run(...make, "matrix.example.snapshot.json", "--out", "far", "--as-of", "2027-06-01");
  expect(statement("far")).toMatch(/^\*\*Warning\*\*: judged 191 days after the reading/m);
  expect((await run("evidence", "verify", "far")).stdout).toContain("2027-06-01T00:00:00Z, 191 days after the reading");
  expect(statement("pack")).not.toContain("**Warning**");
});

test("an Ed25519 signature that no longer names its key was changed", async () => {
  const { privateKey } = keys;
  forgePack(join(cwd, "pack"), join(cwd, "signed"), () => undefined, { key: privateKey });
  const verify = () => run("evidence", "verify", "signed", "--key", "public.pem");
  expect((await verify()).code).toBe(0);
  const path = join(cwd, "signed/manifest.dsse.json");
  writeFileSync(path, readFileSync(path, "utf8").replace(/"keyid": "\w+"/, '"keyid": ""'));
  expect((await verify()).stdout).toContain("its signature does not name the key");
});

test("what another program writes is looked at, and verified where the key is given", async () => {
  const program = (name: string, base64: string): string => {
    writeFileSync(join(cwd, name), `#!/bin/sh\ncat > /dev/null\nprintf %s ${base64}\n`);
    chmodSync(join(cwd, name), 0o755);
    return `./${name}`;
  };
  const sign = (with_: string, ...more: readonly string[]) =>
    run(...make, "matrix.example.snapshot.json", "--out", "no", "--sign-with", with_, ...more);
  const bytes = (length: number): string => Buffer.alloc(length, 1).toString("base64");
  expect((await sign(program("short", bytes(3)))).stderr).toContain("wrote 3 bytes, which no signature has");
  expect((await sign(program("ed", bytes(64)))).stderr).toContain("give its public key with --key");
  expect((await sign("./ed", "--key", "public.pem")).stderr).toContain("is no signature by the key of public.pem");
  expect((await run(...make, "matrix.example.snapshot.json", "--out", "no", "--key", "public.pem")).code).toBe(2);
  const made = await sign(program("rsa", bytes(256)));
  expect(made.stderr).toContain("the signature of ./rsa was not verified here");
});

test("what was never listed makes a count incomplete", async () => {
  type Loose = { [key: string]: Loose } & Loose[];
  const counts = async (name: string, change: (snapshot: Loose) => void): Promise<Readonly<Record<string, string>>> => {
    const snapshot = JSON.parse(readFileSync(join(cwd, "matrix.example.snapshot.json"), "utf8")) as Loose;
    change(snapshot);
    const { sha256: _, ...rest } = snapshot;
    writeFileSync(join(cwd, `${name}.json`), JSON.stringify(sealSnapshot(rest as never)));
    await run(...make, `${name}.json`, "--out", name);
    const rows = statement(name).matchAll(/^\| ([^|]+) \| \d+ \| (yes|no) \|/gm);
    return Object.fromEntries([...rows].map(([, what = "", complete = ""]) => [what.replaceAll("`", ""), complete]));
  };
  const whole = await counts("c0", () => undefined);
  expect(whole).toMatchObject({ services: "yes", "service accounts": "yes", "bindings on service accounts": "yes" });
  const without = await counts("c1", (snapshot) => void snapshot["projects"]?.splice(1));
  expect(Object.entries(without).filter(([, complete]) => complete === "yes")).toEqual([]);
  const unlisted = await counts("c2", (snapshot) => void snapshot["accounts"]?.splice(0, 1));
  expect(unlisted).toMatchObject({ services: "yes", "service accounts": "no", "keys that people manage": "no" });
  const above = await counts("c3", (snapshot) => void snapshot["containers"]?.splice(0, 1));
  expect(above).toMatchObject({ services: "yes", "deny policies": "no" });
  const role = await counts("c4", (snapshot) => void snapshot["roles"]?.splice(0, 1));
  expect(role).toMatchObject({ services: "yes", "roles that policies name": "no" });
  expect(statement("c0")).toContain(
    "**Complete within the scope**, but for what an exception accepts. Above it 1 level was not read; 3 groups were not expanded",
  );
});

test("a merge that changes more than the record lists has no record", async () => {
  const repo = GitFolder.repository();
  onTestFinished(() => repo.remove());
  const text = readFileSync(`${root}matrix.example.yaml`, "utf8");
  const snapshot = readFileSync(`${root}matrix.example.snapshot.json`);
  expect(text).not.toContain("adservice -> cartservice");
  const commitAll = (matrix: string, ...words: readonly string[]): string => {
    repo.write({ "matrix.example.yaml": matrix, "matrix.example.snapshot.json": snapshot });
    repo.git("add", "-A");
    repo.git("commit", "-q", "--allow-empty", ...words);
    return repo.git("rev-parse", "HEAD");
  };
  commitAll(text, "-m", "first");
  repo.git("checkout", "-qb", "topic");
  const head = commitAll(`${text}# reviewed\n`, "-m", "topic");
  repo.git("checkout", "-q", "main");
  repo.git("merge", "-q", "--no-ff", "--no-commit", "topic");
  commitAll(
    `${text.replace("\ntrust:\n", "\ntrust:\n  adservice -> cartservice: Because\n")}# reviewed\n`,
    "-m",
    "merge",
  );
  const packed = async (change: object): Promise<unknown> => {
    repo.write({ ".git/record.json": JSON.stringify({ ...record, compared: head, head, ...change }) });
    repo.git("clean", "-fdq");
    const words = [...make, "matrix.example.snapshot.json", "--out", "p", "--approvals", ".git/record.json"];
    expect((await runMatrix(words, { cwd: repo.path })).stderr).toMatch(/^wrote p/);
    expect((await runMatrix(["evidence", "verify", "p"], { cwd: repo.path })).code).toBe(0);
    const { approvals, recorded } = JSON.parse(readFileSync(join(repo.path, "p/statement.json"), "utf8")) as {
      approvals: { commits: { by: string | null }[] };
      recorded: { history: { commits: { changes: { needs: { owner: string; fingerprints: string[] }[] } | null }[] } };
    };
    return [approvals.commits[0]?.by, recorded.history.commits[0]?.changes?.needs ?? []];
  };
  const [by, needs] = (await packed({})) as [string | null, readonly object[]];
  expect([by, needs.length]).toEqual([null, 1]);
  const approved = needs.map((need) => ({ ...need, approvals: [{ user: "bob" }], state: "approved", problems: [] }));
  expect(await packed({ needs: approved })).toEqual(["commit", needs]);
  expect(await packed({ needs: approved, matrix: "some/other.yaml" })).toEqual([null, []]);
});

test("whether Google or a person said which projects there are", async () => {
  const snapshot = JSON.parse(readFileSync(join(cwd, "matrix.example.snapshot.json"), "utf8")) as Snapshot;
  const world = { environment: { scope: [], projects: [] } } as unknown as World;
  const judge = (scope: readonly string[], ...scopes: Snapshot["scopes"]) => {
    const { independence, projects } = scopePopulation(
      { ...snapshot, asked: { ...snapshot.asked, scope }, scopes },
      world,
    );
    return [independence, ...projects.map(({ inScope }) => inScope)];
  };
  const listed = { status: "read", value: ["boutique-prod"] } as const;
  const denied = { status: "denied", reason: "no" } as const;
  expect(judge(["folders/1"], { resource: "folders/1", projects: listed })).toEqual(["all", true, false]);
  expect(judge(["folders/1", "projects/boutique-prod-pci"], { resource: "folders/1", projects: listed })).toEqual([
    "some",
    true,
    false,
  ]);
  const two = [
    { resource: "folders/1", projects: listed },
    { resource: "folders/2", projects: denied },
  ] as const;
  expect(judge(["folders/1", "folders/2"], ...two)).toEqual(["some", true, null]);
  expect(judge(["folders/2"], two[1])).toEqual(["none", null, null]);
  expect(judge(["projects/boutique-prod"])).toEqual(["none", null, null]);
});

test("a file of the matrix that a pack cannot name is refused when it is made", async () => {
  cpSync(join(cwd, "matrix.example.yaml"), join(cwd, "odd\\name.yaml"));
  const { stderr, code } = await run(
    "evidence",
    "odd\\name.yaml",
    ...make.slice(2),
    "matrix.example.snapshot.json",
    "--out",
    "no",
  );
  expect(stderr).toContain("a pack cannot hold a file named");
  expect(code).toBe(2);
});
