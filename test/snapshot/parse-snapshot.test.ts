import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_SNAPSHOT_BYTES } from "../../src/snapshot/decode-snapshot.ts";
import { parseSnapshot } from "../../src/snapshot/parse-snapshot.ts";
import { sealSnapshot } from "../../src/snapshot/seal-snapshot.ts";
import { fullSnapshot } from "./full-snapshot.ts";

const NAME = "prod.snapshot.json";
const snapshot = sealSnapshot(fullSnapshot);
const bytesOf = (value: unknown): Uint8Array => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));
const parse = (value: unknown) => parseSnapshot(bytesOf(value), NAME);
const problemOf = (bytes: Uint8Array): string => {
  const parsed = parseSnapshot(bytes, NAME);
  if (!("problem" in parsed)) throw new Error("it was taken");
  expect(parsed.help).not.toBe("");
  expect(`${parsed.problem}${parsed.help}`).not.toMatch(/\.$/);
  return parsed.problem;
};

/** The snapshot with one value replaced, by its path. */
function withValue(path: readonly (string | number)[], value: unknown, of: unknown = snapshot): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const node = typeof of === "object" && of !== null ? of : {};
  const inner: unknown = Reflect.get(node, step);
  if (Array.isArray(of)) return of.map((each: unknown, i) => (i === step ? withValue(rest, value, each) : each));
  return { ...node, [step]: withValue(rest, value, inner) };
}

describe("parseSnapshot", () => {
  test("gives back what was written, however it is laid out", () => {
    expect(parse(snapshot)).toEqual(snapshot);
    expect(parse(JSON.stringify(snapshot, undefined, 2))).toEqual(snapshot);
    expect(parse(`\ufeff${JSON.stringify(snapshot)}\n`)).toEqual(snapshot);
    const turned = Object.fromEntries(Object.entries(snapshot).reverse());
    expect(parse(turned)).toEqual(snapshot);
  });

  test.each<readonly [string, Uint8Array, string]>([
    ["nothing", bytesOf(""), `${NAME} is empty`],
    ["gzip", Buffer.from([0x1f, 0x8b, 8, 0]), `${NAME} is compressed`],
    ["UTF-16", Buffer.from("\ufeff{}", "utf16le"), `${NAME} is UTF-16, not UTF-8`],
    ["no UTF-8", Buffer.from([0x7b, 0xff, 0x7d]), `${NAME} is not valid UTF-8`],
    ["no JSON", bytesOf("version: 1\n"), `${NAME} is not JSON`],
    [
      "half a file",
      bytesOf(JSON.stringify(snapshot).slice(0, 900)),
      `${NAME} ends too early: it is only the beginning of a JSON file`,
    ],
    ["a list", bytesOf("[]"), `${NAME} is not a snapshot: it does not say "schema": "matrix/snapshot/v1"`],
    ["null", bytesOf("null"), `${NAME} is not a snapshot: it does not say "schema": "matrix/snapshot/v1"`],
    [
      "an object without a schema",
      bytesOf("{}"),
      `${NAME} is not a snapshot: it does not say "schema": "matrix/snapshot/v1"`,
    ],
    [
      "a report of drift",
      bytesOf({ schema: "matrix/drift/v1" }),
      `${NAME} is not a snapshot: its schema is "matrix/drift/v1"`,
    ],
    [
      "a newer format",
      bytesOf({ ...snapshot, schema: "matrix/snapshot/v2" }),
      `${NAME} is a snapshot of the format "matrix/snapshot/v2", and this matrix reads matrix/snapshot/v1`,
    ],
    [
      "a long name",
      bytesOf({ schema: "x".repeat(1e6) }),
      `${NAME} is not a snapshot: its schema is "${"x".repeat(60)}…"`,
    ],
  ])("%s is refused", (_, bytes, problem) => {
    expect(problemOf(bytes)).toBe(problem);
  });

  test("a file that no string can hold is refused before it is decoded", () => {
    const huge = new Uint8Array(0);
    Object.defineProperty(huge, "length", { value: MAX_SNAPSHOT_BYTES + 1 });
    expect(problemOf(huge)).toBe(`${NAME} is larger than 500 MiB, and is not read`);
  });

  test.each<readonly [string, unknown, string]>([
    ["a key is missing", withValue(["projects", 0, "jobs"], { value: [] }), 'projects[0].jobs lacks "status"'],
    ["a key is unknown", { ...snapshot, later: 1 }, 'the file has "later", which the schema does not know'],
    ["a type is wrong", withValue(["projects", 0, "project"], 1), "projects[0].project must be string"],
    [
      "a word is unknown",
      withValue(["projects", 0, "services", "value", 0, "ingress"], "maybe"),
      "projects[0].services.value[0].ingress must be equal to one of the allowed values: all, internal, internal-and-cloud-load-balancing, none, unknown",
    ],
    [
      "a value stands beside a refusal",
      withValue(["groups", 0, "members"], { status: "denied", reason: "x", value: [] }),
      "groups[0].members.value may not be there, by the status beside it",
    ],
    [
      "a member is no string",
      withValue(["containers", 0, "policy", "value", "bindings", 0, "members"], [7]),
      "containers[0].policy.value.bindings[0].members[0] must be string",
    ],
    ["a digest is none", { ...snapshot, sha256: "x" }, 'sha256 must match pattern "^[0-9a-f]{64}$"'],
  ])("where %s, it says what and where", (_, value, what) => {
    expect(problemOf(bytesOf(value))).toBe(`${NAME} is not a whole snapshot: ${what}`);
  });

  test.each<readonly [string, unknown]>([
    ["a member", withValue(["containers", 0, "policy", "value", "bindings", 0, "members"], ["user:eve@evil.example"])],
    ["a removed service", withValue(["projects", 0, "services", "value"], [])],
    ["a refusal made a read", withValue(["containers", 1, "policy"], { status: "read", value: { bindings: [] } })],
    ["a date", { ...snapshot, finishedAt: "2020-01-01T00:00:00Z" }],
    ["the digest", { ...snapshot, sha256: "0".repeat(64) }],
    ["a removed optional key", withValue(["accounts", 0, "keys"], undefined)],
  ])("a change of %s is seen", (_, value) => {
    expect(problemOf(bytesOf(value))).toBe(`${NAME} was changed after it was written: its SHA-256 does not match`);
  });

  test("no bytes make it throw", () => {
    const text = JSON.stringify(snapshot);
    const cut = fc.tuple(fc.nat(text.length), fc.nat(40), fc.string({ unit: "binary" }));
    const mutated = cut.map(([at, length, put]) => bytesOf(text.slice(0, at) + put + text.slice(at + length)));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json().map(bytesOf), mutated), (bytes) => {
        const parsed = parseSnapshot(bytes, NAME);
        expect("problem" in parsed || parsed.sha256 === snapshot.sha256).toBe(true);
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  test("deep nesting is refused, not followed", () => {
    expect(problemOf(bytesOf(`${"[".repeat(2e5)}${"]".repeat(2e5)}`))).toContain("is not a snapshot");
    const deep = `{"schema":"matrix/snapshot/v1","x":${"[".repeat(2e5)}${"]".repeat(2e5)}}`;
    expect(problemOf(bytesOf(deep))).toContain("is not a whole snapshot");
  });
});
