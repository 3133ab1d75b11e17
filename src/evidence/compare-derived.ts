import { canonicalJson } from "../words/canonical-json.ts";
import { isObject } from "../words/json.ts";
import { firstDifference } from "./first-difference.ts";
import type { Remark } from "./judge-pack.ts";
import { packFiles } from "./pack-files.ts";

type Bytes = ReadonlyMap<string, Uint8Array>;
type Derived = ReadonlyMap<string, string | Uint8Array>;

/**
 * Where the files of a pack are not what its inputs come to.
 * @param derived worked out again by this version of matrix
 */
export function compareDerived(pack: Bytes, derived: Derived): readonly Remark[] {
  const changed = differing(pack, derived).map(({ file, at, wanted, found }): Remark => {
    if (found === undefined) return { file, what: "is missing: its inputs make one" };
    const verdict = file === "drift.json" && !isSameVerdict(found, wanted) ? ", and its verdict is another" : "";
    return { file, what: `does not follow from the snapshot and the matrix: it differs at byte ${at}${verdict}` };
  });
  const extra = [...pack.keys()].filter((file) => !derived.has(file));
  return [...changed, ...extra.map((file) => ({ file, what: "is listed, and nothing in the pack makes it" }))];
}

/**
 * The same for a pack that says to be of another version of matrix. Which version it says anybody can write: what is the
 * same in all of them is compared to the byte, and no file is taken for right because another version may have made it so.
 * @param derived worked out by this version, under the name of the other one
 */
export function compareAcross(
  pack: Bytes,
  derived: Derived,
  { made, mine }: { readonly made: string; readonly mine: string },
): { readonly problems: readonly Remark[]; readonly unsure: readonly Remark[] } {
  const inputs = compareDerived(
    new Map([...pack].filter(([file]) => isInput(file))),
    new Map([...derived].filter(([file]) => isInput(file))),
  );
  const strange = strangeFiles(pack);
  const named = new Set(strange.map(({ file }) => file));
  const rest = differing(pack, derived).filter(({ file }) => !isInput(file) && !named.has(file));
  const extra = [...pack.keys()].filter((file) => file.startsWith("terraform/") && !derived.has(file));
  const says = `matrix ${mine} makes`;
  return {
    problems: [...inputs, ...strange],
    unsure: [
      { file: "manifest.json", what: `says matrix ${made}, and this is ${mine}: check with that version` },
      ...rest.map(({ file, found, wanted, at }): Remark => {
        if (found === undefined) return { file, what: `is not there, and ${says} one` };
        const verdict = `; its verdict is ${isSameVerdict(found, wanted) ? "the same" : "another"}`;
        const what = `was not checked: ${says} another, from byte ${at} on${file === "drift.json" ? verdict : ""}`;
        return { file, what };
      }),
      ...extra.map((file) => ({ file, what: `was not checked: ${says} none` })),
    ],
  };
}

/** What no version makes, and what every version does. */
export function strangeFiles(pack: Bytes): readonly Remark[] {
  const names: ReadonlySet<string> = new Set(Object.keys(packFiles));
  const isKnown = (file: string): boolean => names.has(file.includes("/") ? `${file.split("/")[0] ?? ""}/` : file);
  return [
    ...[...names].flatMap((file) =>
      file.endsWith("/") || pack.has(file) ? [] : [{ file, what: "is missing: every pack has one" }],
    ),
    ...[...pack.keys()].flatMap((file) => (isKnown(file) ? [] : [{ file, what: "is no file of a pack" }])),
  ];
}

/** Whether a file is an input of all that is worked out, and of no version. */
function isInput(file: string): boolean {
  return /^(?:sources|approvals)\//.test(file) || file === "snapshot.json";
}

interface Difference {
  readonly file: string;
  readonly found: Uint8Array | undefined;
  readonly wanted: Uint8Array;
  readonly at: number;
}

function differing(pack: Bytes, derived: Derived): readonly Difference[] {
  return [...derived].flatMap(([file, content]): readonly Difference[] => {
    const found = pack.get(file);
    const wanted = typeof content === "string" ? Buffer.from(content) : content;
    const at = found === undefined ? 0 : firstDifference(found, wanted);
    return at === undefined ? [] : [{ file, found, wanted, at }];
  });
}

/** Whether two reports of drift say the same of access: all but the words of one version about itself. */
function isSameVerdict(one: Uint8Array, other: Uint8Array): boolean {
  const [a, b] = [verdictOf(one), verdictOf(other)];
  return a !== undefined && a === b;
}

const ofReport = ["complete", "environment", "asOf", "summary", "unread", "horizon", "unexpanded", "access"] as const;
const ofFinding =
  "rule severity service principal resource role message fingerprint accepted pending criteria fix".split(" ");

function verdictOf(bytes: Uint8Array): string | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
    if (!isObject(value) || !Array.isArray(value["findings"])) return undefined;
    const findings = (value["findings"] as readonly unknown[]).map((each) =>
      isObject(each) ? ofFinding.map((field) => each[field] ?? null) : each,
    );
    return canonicalJson([ofReport.map((field) => value[field] ?? null), findings]);
  } catch {
    return undefined;
  }
}
