import { createHash } from "node:crypto";
import { canonicalJson } from "../words/canonical-json.ts";
import { compareText } from "../words/compare-text.ts";
import { isObject } from "../words/json.ts";

/** spec: https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md */
const STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
export const PREDICATE_TYPE = "https://matrix.invalid/evidence/v1";

/** SHA-256 in hex by file name. */
export type Sums = ReadonlyMap<string, string>;

export function sumOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** The sums of all files of a pack as an in-toto statement, canonical. */
export function manifestText(sums: Sums, version: string): string {
  const subject = [...sums]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, sha256]) => ({ name, digest: { sha256 } }));
  return `${canonicalJson({
    _type: STATEMENT_TYPE,
    subject,
    predicateType: PREDICATE_TYPE,
    predicate: { schema: "matrix/evidence-manifest/v1", version },
  })}\n`;
}

/** What a manifest says, or why it cannot be believed. The text must be as this program writes it, to the byte. */
export function readManifest(
  text: string,
): { readonly sums: Sums; readonly version: string } | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: "is not JSON" };
  }
  if (!isObject(value) || value["_type"] !== STATEMENT_TYPE) return { problem: "is no in-toto statement" };
  if (value["predicateType"] !== PREDICATE_TYPE) return { problem: "is a statement of another kind" };
  const { predicate, subject } = value;
  if (!isObject(predicate) || typeof predicate["version"] !== "string" || !Array.isArray(subject))
    return { problem: "does not list files" };
  const sums = new Map<string, string>();
  for (const each of subject as readonly unknown[]) {
    const digest = isObject(each) ? each["digest"] : undefined;
    const name = isObject(each) ? each["name"] : undefined;
    const sha256 = isObject(digest) ? digest["sha256"] : undefined;
    if (typeof name !== "string" || typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256))
      return { problem: "lists something that is no file with a sum" };
    if (!isPackName(name)) return { problem: `lists ${JSON.stringify(name)}, which is no name inside a pack` };
    if (sums.has(name)) return { problem: `lists ${JSON.stringify(name)} twice` };
    sums.set(name, sha256);
  }
  const version = predicate["version"];
  // It is written into every page of the pack: nothing but a version may be.
  if (!/^\d{1,9}\.\d{1,9}\.\d{1,9}(?:-[0-9a-z.]{1,40})?$/.test(version))
    return { problem: "names no version of matrix" };
  return text === manifestText(sums, version) ? { sums, version } : { problem: "is not as matrix writes it" };
}

/** A name that stays inside of a folder, on every system. */
export function isPackName(name: string): boolean {
  return (
    !/[\\\0]/.test(name) &&
    !/^[A-Za-z]:/.test(name) &&
    name.split("/").every((part) => part !== "" && part !== "." && part !== "..")
  );
}
