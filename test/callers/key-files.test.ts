import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { readHistory } from "../../src/cli/read-history.ts";
import { nameSources, sourceTree } from "../../src/evidence/source-tree.ts";
import { Disk } from "../../src/files/disk.ts";
import { readKeySet } from "../../src/matrix/load/read-key-set.ts";
import { type ValidatedMatrix, validateMatrix } from "../../src/matrix/validate-matrix.ts";
import { runMatrix } from "../cli/test-io.ts";
import { GitFolder } from "../git/git-folder.ts";
import { ioIn } from "../history/history-of.ts";
import { today, treeOf } from "../matrix/in-memory.ts";

const ec = { kty: "EC", crv: "P-256", kid: "1", x: "xx", y: "yy" };
const keys = (...list: readonly object[]): string => JSON.stringify({ keys: list }, null, 2);
const callers = (jwks: string, rest = ""): string =>
  `callers:\n  c: { oidc: { issuer: "https://issuer.partner.example", subject: s, jwks: "${jwks}" }${rest} }\n`;
const rootText = (text: string): string =>
  `version: 1\nenvironments: { prod: { project: acme-prod, regions: [europe-west1] } }\n${text}`;

function validated(files: Readonly<Record<string, string>>): ValidatedMatrix {
  const result = validateMatrix(treeOf(files), Object.keys(files)[0] ?? "", today);
  if ("problem" in result) throw new Error(result.problem);
  return result;
}

function problemsIn(files: Readonly<Record<string, string>>): readonly string[] {
  return validated(files).findings.flatMap(({ rule, message, span }) =>
    rule === "unused-caller" ? [] : [`${rule} ${span.file}:${span.line}:${span.column} ${message}`],
  );
}

describe("a set of keys", () => {
  test("keeps what a provider takes of the keys that sign", () => {
    const text = keys(
      { ...ec, x5c: ["MII"], key_ops: ["verify"], alg: "ES256" },
      { kty: "RSA", use: "sig", n: "n", e: "AQAB" },
      { ...ec, use: "enc" },
    );
    expect(readKeySet(text)).toEqual({
      json: '{"keys":[{"kty":"EC","alg":"ES256","kid":"1","x":"xx","y":"yy","crv":"P-256"},{"kty":"RSA","use":"sig","n":"n","e":"AQAB"}]}',
    });
  });

  test.each([
    ["not JSON", "keys: []", 'is no JSON with a list of "keys"'],
    ["no list", '{"keys":{}}', 'is no JSON with a list of "keys"'],
    ["an empty list", keys(), 'is no JSON with a list of "keys"'],
    ["null", "null", 'is no JSON with a list of "keys"'],
    ["a private key of EC", keys({ ...ec, d: "x" }), 'holds a secret: key 1 has "d", which only the issuer may know'],
    [
      "a prime of RSA",
      keys(ec, { kty: "RSA", n: "n", e: "e", qi: "" }),
      'holds a secret: key 2 has "qi", which only the issuer may know',
    ],
    ["a symmetric key", keys({ kty: "oct", k: "x" }), 'holds a secret: key 1 has "k", which only the issuer may know'],
    [
      "a symmetric key without its value",
      keys({ kty: "oct" }),
      "holds a secret: key 1 has kty oct, which only the issuer may know",
    ],
    [
      "a private key for encryption",
      keys({ ...ec, use: "enc", d: "x" }),
      'holds a secret: key 1 has "d", which only the issuer may know',
    ],
    ["another type", keys({ kty: "OKP", crv: "Ed25519", x: "x" }), "has key 1 that is neither RSA nor EC"],
    ["half a key", keys({ kty: "RSA", n: "n" }), 'has key 1 without a text under "e"'],
    ["a number", keys({ ...ec, kid: 1 }), 'has key 1 without a text under "kid"'],
    ["text for a key", '{"keys":["x"]}', "has key 1 that is no map"],
    ["keys for encryption only", keys({ ...ec, use: "enc" }), "has no key that signs"],
    ["far too much", keys({ ...ec, x: "x".repeat(70_000) }), "is too large for a set of public keys"],
  ])("refuses %s", (_, text, problem) => {
    expect(readKeySet(text)).toMatchObject({ problem });
  });
});

describe("a file of keys", () => {
  test("is named from the root file, wherever its caller stands, and is a file of the matrix", () => {
    const { matrix, files } = validated({
      "m/matrix.yaml": rootText(`include: [teams/*.yaml]\n`),
      "m/teams/risk.yaml": callers("keys/a.jwks.json", ", overrides: { prod: { oidc: { jwks: ./keys/b.jwks.json } } }"),
      "m/keys/a.jwks.json": keys(ec),
      "m/keys/b.jwks.json": `\ufeff${keys({ ...ec, kid: "2" })}`,
    });
    expect([...(matrix?.keyFiles ?? [])]).toEqual([
      [
        "keys/a.jwks.json",
        JSON.stringify(JSON.parse('{"keys":[{"kty":"EC","kid":"1","x":"xx","y":"yy","crv":"P-256"}]}')),
      ],
      ["./keys/b.jwks.json", '{"keys":[{"kty":"EC","kid":"2","x":"xx","y":"yy","crv":"P-256"}]}'],
    ]);
    expect(files).toEqual(["m/keys/a.jwks.json", "m/keys/b.jwks.json", "m/matrix.yaml", "m/teams/risk.yaml"]);
  });

  test.each([
    ["gone.jwks.json", "matrix.yaml:4:76 gone.jwks.json does not exist"],
    ["../jwks.json", 'matrix.yaml:4:76 the file of keys "../jwks.json" leaves the folder of the matrix'],
    ["a/../../jwks.json", 'matrix.yaml:4:76 the file of keys "a/../../jwks.json" leaves the folder of the matrix'],
    ["/etc/jwks.json", 'matrix.yaml:4:76 the file of keys "/etc/jwks.json" leaves the folder of the matrix'],
    ["bad.jwks.json", 'matrix.yaml:4:76 bad.jwks.json is no JSON with a list of "keys"'],
  ])("that cannot be used stops everything: %s", (name, said) => {
    const files = { "matrix.yaml": rootText(callers(name)), "bad.jwks.json": "{}", "../jwks.json": keys(ec) };
    expect(validated(files).matrix).toBe(undefined);
    expect(problemsIn(files)).toEqual([`key-file ${said}`]);
  });

  test("behind a link that leaves the folder is refused", () => {
    const outer = GitFolder.temporary();
    onTestFinished(() => outer.remove());
    outer.write({ "jwks.json": keys(ec), "m/matrix.yaml": rootText(callers("a.jwks.json")) });
    symlinkSync("../jwks.json", join(outer.path, "m/a.jwks.json"));
    const result = validateMatrix(new Disk(outer.path), "m/matrix.yaml", today);
    expect("problem" in result ? [] : result.findings.map(({ rule, message }) => `${rule} ${message}`)).toEqual([
      "key-file m/a.jwks.json is a link that leaves the folder of the matrix",
    ]);
  });

  test("of a matrix on standard input lies in the folder that the command runs in", async () => {
    const folder = GitFolder.temporary();
    onTestFinished(() => folder.remove());
    const stdin = Buffer.from(rootText(callers("a.jwks.json")));
    const missing = await runMatrix(["validate", "-"], { cwd: folder.path, stdin });
    expect([missing.code, missing.stdout + missing.stderr]).toEqual([
      1,
      expect.stringMatching(/key-file[^]*a\.jwks\.json does not exist[^]*help: save the issuer's public keys there/),
    ]);
    folder.write({ "a.jwks.json": keys(ec) });
    expect((await runMatrix(["validate", "-"], { cwd: folder.path, stdin })).code).toBe(0);
  });

  test("is read at each commit, and a commit that changes it is a version", () => {
    const git = GitFolder.repository();
    onTestFinished(() => git.remove());
    git.commit({ "matrix.yaml": rootText(callers("a.jwks.json")), "a.jwks.json": keys(ec) });
    git.commit({ "other.json": "{}" });
    git.commit({ "a.jwks.json": keys({ ...ec, kid: "2" }) });
    git.commit({
      "matrix.yaml": rootText("include: [teams/*.yaml]\n"),
      "teams/a.yaml": callers("keys/a.jwks.json"),
      "keys/a.jwks.json": keys({ ...ec, kid: "3" }),
    });
    git.commit({ "keys/a.jwks.json": "{}" });
    git.commit({ "keys/a.jwks.json": keys({ ...ec, kid: "4" }) });
    const history = readHistory(ioIn(git.path), undefined);
    if ("problem" in history) throw new Error(history.problem);
    const ids = [...history.versions()].map(({ read }) => {
      const text = read();
      return text.kind === "usable"
        ? [...text.judge(today).keyFiles.values()].join().match(/"kid":"(\d)"/)?.[1]
        : text.kind;
    });
    expect(ids).toEqual(["4", "unusable", "3", "2", "1"]);
  });

  test("goes into a pack of evidence, from which the matrix is read again", () => {
    const files = { "matrix.yaml": rootText(callers("keys/a.jwks.json")), "keys/a.jwks.json": keys(ec) };
    const { files: names, matrix } = validated(files);
    const bytes = new Map(names.map((name) => [`/work/${name}`, Buffer.from(files[name as keyof typeof files])]));
    const sources = nameSources("/work/matrix.yaml", bytes);
    const again = validateMatrix(sourceTree(sources), sources.root, today);
    expect("problem" in again ? again : again.matrix?.keyFiles).toEqual(matrix?.keyFiles);
    expect(matrix?.keyFiles.size).toBe(1);
  });
});
