import { execFileSync, spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { runMatrix } from "../cli/test-io.ts";
import { preAuthEncoding, PAYLOAD_TYPE } from "../../src/evidence/dsse.ts";
import { manifestText, sumOf } from "../../src/evidence/manifest.ts";
import { criteria } from "../../src/evidence/criteria.ts";
import { forgePack, namesIn as namesBelow } from "./forge.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const keys = generateKeyPairSync("ed25519");
const others = generateKeyPairSync("ed25519");
const pem = (key: typeof keys.privateKey): string => key.export({ type: "pkcs8", format: "pem" }).toString();
const openPem = (key: typeof keys.publicKey): string => key.export({ type: "spki", format: "pem" }).toString();

let cwd = "";
const make = ["evidence", "matrix.example.yaml", "--env", "prod", "--snapshot", "matrix.example.snapshot.json"];

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), "matrix-evidence-"));
  for (const name of ["matrix.example.yaml", "matrix.example.snapshot.json"]) cpSync(`${root}${name}`, join(cwd, name));
  writeFileSync(join(cwd, "key.pem"), pem(keys.privateKey), { mode: 0o600 });
  writeFileSync(join(cwd, "public.pem"), openPem(keys.publicKey));
  writeFileSync(join(cwd, "other.pem"), openPem(others.publicKey));
  const ran = await runMatrix([...make, "--out", "pack", "--sign-key", "key.pem"], { cwd });
  expect(ran.stderr).toMatch(/^wrote pack: \d+ files\n$/);
  expect(ran.code).toBe(0);
});

afterAll(() => {
  rmSync(cwd, { recursive: true, force: true });
});

const verify = (folder = "pack", ...more: readonly string[]) =>
  runMatrix(["evidence", "verify", folder, ...(more.length === 0 ? ["--key", "public.pem"] : more)], { cwd });

const namesIn = (folder: string): readonly string[] => namesBelow(join(cwd, folder));

/** A copy of the pack, changed, that says in its manifest what is in it. */
function forged(name: string, change: (file: (path: string) => string) => void, key = keys.privateKey): string {
  forgePack(join(cwd, "pack"), join(cwd, name), change, { key });
  return name;
}

test("a pack holds as it was made, and two of the same inputs are the same", async () => {
  const held = await verify();
  expect(held.stdout).toMatch(/^pack holds/);
  expect(held.code).toBe(0);
  await runMatrix([...make, "--out", "again", "--sign-key", "key.pem"], { cwd });
  expect(namesIn("again")).toEqual(namesIn("pack"));
  for (const name of namesIn("pack"))
    expect(readFileSync(join(cwd, "again", name)).equals(readFileSync(join(cwd, "pack", name))), name).toBe(true);
  expect(namesIn("pack")).toEqual(expect.arrayContaining(["report.html", "population.csv", "statement.md"]));
  expect(namesIn("pack").some((name) => name.startsWith("terraform/stacks/"))).toBe(true);
});

test("a changed byte in any file is found and named", async () => {
  for (const name of namesIn("pack")) {
    const path = join(cwd, "pack", name);
    const before = readFileSync(path);
    for (const at of name === "manifest.dsse.json"
      ? [0, 17, before.length - 20, before.length - 1]
      : [before.length >> 1]) {
      const after = Buffer.from(before);
      after[at] = (after[at] ?? 0) ^ 1;
      writeFileSync(path, after);
      const { code, stdout } = await verify();
      expect(code, `${name} at ${at}`).toBe(1);
      expect(stdout, `${name} at ${at}`).toContain(`  ${name} `);
    }
    writeFileSync(path, before);
  }
  expect((await verify()).code).toBe(0);
}, 30_000);

test("every single bit of the envelope matters", async () => {
  const { judgePack } = await import("../../src/evidence/judge-pack.ts");
  const files = new Map(namesIn("pack").map((name) => [name, new Uint8Array(readFileSync(join(cwd, "pack", name)))]));
  const envelope = files.get("manifest.dsse.json") ?? new Uint8Array();
  const sums = new Map([...files].filter(([name]) => name.startsWith("manifest.")));
  const before = judgePack({ files: sums, odd: [] }, keys.publicKey).problems.length;
  for (let at = 0; at < envelope.length; at += at < envelope.length - 400 ? 37 : 1) {
    const changed = Uint8Array.from(envelope);
    changed[at] = (changed[at] ?? 0) ^ 1;
    const judged = judgePack({ files: new Map([...sums, ["manifest.dsse.json", changed]]), odd: [] }, keys.publicKey);
    expect(judged.problems.length, `byte ${at}`).toBeGreaterThan(before);
  }
});

describe("a pack that somebody made to fit", () => {
  test("a verdict that does not follow is found although every sum holds", async () => {
    const name = forged("kinder", (file) => {
      const report = JSON.parse(readFileSync(file("drift.json"), "utf8")) as { findings: unknown[] };
      report.findings.pop();
      writeFileSync(file("drift.json"), `${JSON.stringify(report, null, 2)}\n`);
    });
    const { code, stdout } = await verify(name);
    expect(stdout).toMatch(/drift\.json does not follow .* at byte \d+, and its verdict is another/);
    expect(code).toBe(1);
  });

  test("a statement that is none, and times that are none", async () => {
    const broken = async (name: string, find: RegExp, put: string): Promise<string> => {
      const folder = forged(name, (file) => {
        const text = readFileSync(file("statement.json"), "utf8");
        expect(text).toMatch(find);
        writeFileSync(file("statement.json"), text.replace(find, put));
      });
      const { code, stdout } = await verify(folder);
      expect(code).toBe(1);
      return stdout;
    };
    expect(await broken("b1", /"state": "unknown"/, '"state": "committed"')).toContain("statement.json does not say");
    expect(await broken("b2", /"asOf": "[^"]*"/, '"asOf": "soon"')).toContain("cannot be judged");
    expect(await broken("b3", /"root": "[^"]*"/, '"root": "../../etc/passwd"')).toContain("cannot be judged");
    expect(await broken("b4", /"count": \d+/, '"count": 1')).toMatch(/statement\.json does not follow .* at byte \d+/);
  });

  test("another key, an unsigned one, and no key at hand", async () => {
    expect((await verify(forged("stranger", () => undefined, others.privateKey))).stdout).toContain(
      "not signed by this key",
    );
    expect((await verify("pack", "--key", "other.pem")).code).toBe(1);
    const told = await verify("pack", "--format", "json");
    expect(told.code).toBe(3);
    const isVerify = new Ajv().compile(
      JSON.parse(readFileSync(join(root, "schemas/evidence-verify.schema.json"), "utf8")),
    );
    expect(isVerify(JSON.parse(told.stdout))).toBe(true);
    await runMatrix([...make, "--out", "bare"], { cwd });
    expect((await verify("bare", "--format", "text")).code).toBe(0);
    expect((await verify("bare")).stdout).toContain("is not signed");
    expect((await verify("pack", "--key", "key.pem")).stderr).toContain("is a private key");
  });

  test("files that are gone, added, linked, or named to lead out", async () => {
    cpSync(join(cwd, "pack"), join(cwd, "odd"), { recursive: true });
    rmSync(join(cwd, "odd/criteria.md"));
    writeFileSync(join(cwd, "odd/extra.txt"), "x");
    rmSync(join(cwd, "odd/README.md"));
    symlinkSync("/etc/passwd", join(cwd, "odd/README.md"));
    const { stdout, code } = await verify("odd");
    expect(code).toBe(1);
    expect(stdout).toContain("criteria.md is missing");
    expect(stdout).toContain("extra.txt is in no manifest");
    expect(stdout).toContain("README.md is a link");
    for (const name of ["../up", "/etc/passwd", "a/../../b", "C:\\x", "a//b"]) {
      writeFileSync(join(cwd, "odd/manifest.json"), manifestText(new Map([[name, sumOf("")]]), "1"));
      expect((await verify("odd")).stdout).toContain("which is no name inside a pack");
    }
    writeFileSync(join(cwd, "odd/manifest.json"), "\u0000[");
    expect((await verify("odd")).stdout).toContain("manifest.json is not JSON");
    mkdirSync(join(cwd, "empty"));
    expect((await verify("empty")).stdout).toContain("this is no pack");
  });
});

test("the statement is as its schema says", async () => {
  const schema = JSON.parse((await runMatrix(["schema", "--of", "evidence"], { cwd })).stdout) as object;
  const validate = new Ajv({ strict: false }).compile(schema);
  validate(JSON.parse(readFileSync(join(cwd, "pack/statement.json"), "utf8")));
  expect(validate.errors).toBeNull();
});

test("a timestamp may be added, and is not judged", async () => {
  cpSync(join(cwd, "pack"), join(cwd, "stamped"), { recursive: true });
  writeFileSync(join(cwd, "stamped/timestamp.tsr"), "0");
  const { stdout, code } = await verify("stamped");
  expect(code).toBe(0);
  expect(stdout).toContain("timestamp.tsr is there, and is not judged here");
});

const withoutOpenssl = spawnSync("openssl", ["version"]).status !== 0;

test.skipIf(withoutOpenssl)(
  "openssl (skipped where it is not) signs, by --sign-with, and checks a signature of --sign-key",
  async () => {
    execFileSync("openssl", ["ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "ec.pem"], { cwd });
    execFileSync("openssl", ["ec", "-in", "ec.pem", "-pubout", "-out", "ec.pub.pem"], { cwd, stdio: "ignore" });
    writeFileSync(join(cwd, "sign.sh"), '#!/bin/sh\nopenssl dgst -sha256 -sign "$1" | openssl base64 -A\n');
    chmodSync(join(cwd, "sign.sh"), 0o755);
    const env = { PATH: process.env["PATH"] };
    const made = await runMatrix(
      [...make, "--out", "ec", "--sign-with", "./sign.sh", "--sign-arg", "ec.pem", "--key", "ec.pub.pem"],
      {
        cwd,
        env,
      },
    );
    expect(made.stderr).toMatch(/^wrote ec/);
    expect((await verify("ec", "--key", "ec.pub.pem")).code).toBe(0);
    const failed = await runMatrix([...make, "--out", "no", "--sign-with", "false"], { cwd, env });
    expect(failed.stderr).toContain("false did not sign (exit code 1)");
    expect(failed.code).toBe(2);

    const payload = readFileSync(join(cwd, "pack/manifest.json"));
    const { signatures } = JSON.parse(readFileSync(join(cwd, "pack/manifest.dsse.json"), "utf8")) as {
      signatures: [{ sig: string }];
    };
    writeFileSync(join(cwd, "pae"), preAuthEncoding(PAYLOAD_TYPE, payload));
    writeFileSync(join(cwd, "sig"), Buffer.from(signatures[0].sig, "base64"));
    const words = ["pkeyutl", "-verify", "-pubin", "-inkey", "public.pem", "-rawin", "-in", "pae", "-sigfile", "sig"];
    expect(spawnSync("openssl", words, { cwd, encoding: "utf8" }).status).toBe(0);
  },
);

test("the bytes that are signed are those of the specification", () => {
  // The example of protocol.md of DSSE.
  expect(Buffer.from(preAuthEncoding("http://example.com/HelloWorld", Buffer.from("hello world"))).toString()).toBe(
    "DSSEv1 29 http://example.com/HelloWorld 11 hello world",
  );
});

test("keys that cannot sign are refused before anything is read, and never shown", async () => {
  const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
  writeFileSync(join(cwd, "rsa.pem"), pem(rsa), { mode: 0o600 });
  const locked = keys.privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" });
  writeFileSync(join(cwd, "locked.pem"), locked, { mode: 0o600 });
  for (const [name, word] of [
    ["rsa.pem", "of the kind rsa, not Ed25519"],
    ["locked.pem", "is encrypted"],
    ["public.pem", "is no private key"],
  ] as const) {
    const { code, stderr } = await runMatrix([...make, "--out", "none", "--sign-key", name], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(word);
  }
  const secret = pem(keys.privateKey).split("\n")[1] ?? "";
  for (const name of namesIn("pack")) expect(readFileSync(join(cwd, "pack", name), "utf8")).not.toContain(secret);
});

test("a folder that holds something is refused, and a pack without reality", async () => {
  expect((await runMatrix([...make, "--out", "pack"], { cwd })).stderr).toContain("not an empty folder");
  const bare = await runMatrix(["evidence", "matrix.example.yaml", "--env", "prod", "--out", "x"], { cwd });
  expect(bare.code).toBe(2);
  expect(bare.stderr).toContain("--snapshot FILE, or --live");
});

test("CIS items stand with the numbers of both versions, and none where there is none", () => {
  const items = Object.values(criteria).flatMap(({ cis }) => cis.map(({ v4, v5 }) => `${v4}>${v5}`));
  expect(items.sort()).toEqual(["1.4>1.5", "1.5>1.6", "1.6>1.7", "1.7>1.8", "1.8>1.9"]);
});
