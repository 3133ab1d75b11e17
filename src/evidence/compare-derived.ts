import { isObject } from "../words/json.ts";
import { firstDifference } from "./first-difference.ts";
import type { Remark } from "./judge-pack.ts";

/**
 * Where the files of a pack are not what its inputs come to.
 * @param derived worked out again by this version of matrix
 */
export function compareDerived(
  pack: ReadonlyMap<string, Uint8Array>,
  derived: ReadonlyMap<string, string | Uint8Array>,
): readonly Remark[] {
  const changed = [...derived].flatMap(([file, content]): readonly Remark[] => {
    const found = pack.get(file);
    if (found === undefined) return [{ file, what: "is missing: its inputs make one" }];
    const wanted = typeof content === "string" ? Buffer.from(content) : content;
    const at = firstDifference(found, wanted);
    if (at === undefined) return [];
    const verdict = file === "drift.json" ? verdictChange(found, wanted) : "";
    return [{ file, what: `does not follow from the snapshot and the matrix: it differs at byte ${at}${verdict}` }];
  });
  const extra = [...pack.keys()].filter((file) => !derived.has(file));
  return [...changed, ...extra.map((file) => ({ file, what: "is listed, and nothing in the pack makes it" }))];
}

/** Whether two reports of drift come to the same verdict: the same findings, and as complete. */
export function isSameVerdict(one: Uint8Array, other: Uint8Array): boolean {
  const [a, b] = [verdictOf(one), verdictOf(other)];
  return a !== undefined && a === b;
}

function verdictChange(found: Uint8Array, wanted: Uint8Array): string {
  return isSameVerdict(found, wanted) ? "" : ", and its verdict is another";
}

function verdictOf(bytes: Uint8Array): string | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    if (!isObject(value) || !Array.isArray(value["findings"])) return undefined;
    const findings = (value["findings"] as readonly unknown[]).map((each) =>
      isObject(each) ? [each["fingerprint"], each["severity"], each["accepted"], each["pending"]] : each,
    );
    return JSON.stringify([value["complete"], value["environment"], value["asOf"], findings]);
  } catch {
    return undefined;
  }
}
