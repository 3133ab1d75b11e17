import { generateKeyPairSync } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signWith } from "../../src/cli/sign-with.ts";
import { runMatrix } from "../cli/test-io.ts";
import { forgePack, make, packedFolder, record } from "./forge.ts";

// What somebody can do to a pack so that it looks better than it is.

const keys = generateKeyPairSync("ed25519");
let cwd = "";

beforeAll(async () => {
  cwd = await packedFolder();
  writeFileSync(join(cwd, "public.pem"), keys.publicKey.export({ type: "spki", format: "pem" }));
});

afterAll(() => {
  rmSync(cwd, { recursive: true, force: true });
});

const run = (...argv: readonly string[]) => runMatrix(argv, { cwd });

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

test("a file of the matrix that a pack cannot name is refused when it is made", async () => {
  cpSync(join(cwd, "matrix.example.yaml"), join(cwd, "odd\\name.yaml"));
  const { stderr, code } = await run(
    "evidence",
    "odd\\name.yaml",
    ...make.slice(2),
    "matrix.example.snapshot.json",
    "--out",
    "odd",
  );
  expect(stderr).toContain("a pack cannot hold a file named");
  expect(code).toBe(2);
});

test("a program that does not end is ended", () => {
  writeFileSync(join(cwd, "stay"), "#!/bin/sh\ntrap '' TERM\nwhile :; do sleep 1; done\n");
  chmodSync(join(cwd, "stay"), 0o755);
  const sign = () => signWith({ cwd, env: process.env }, "./stay", [], Buffer.from("x"), 300);
  expect(sign).toThrow("did not sign (ETIMEDOUT)");
});
