import type { KeyObject } from "node:crypto";
import { parseInstant } from "../time/instant.ts";
import { compareText } from "../words/compare-text.ts";
import { isObject } from "../words/json.ts";
import { firstDifference } from "./first-difference.ts";
import { type Envelope, envelopeText, isSignedBy, keyIdOf, PAYLOAD_TYPE } from "./dsse.ts";
import { readManifest, sumOf } from "./manifest.ts";
import { ENVELOPE, MANIFEST, TIMESTAMP } from "./pack-files.ts";
import type { Recorded } from "./statement.ts";

/** Something to be said of one file. */
export interface Remark {
  readonly file: string;
  /** The rest of a sentence that starts with the name. To be escaped. */
  readonly what: string;
}

export interface PackJudgement {
  /** What does not hold. */
  readonly problems: readonly Remark[];
  /** What could not be checked. */
  readonly unsure: readonly Remark[];
  readonly notes: readonly Remark[];
  /** Of the tool that made the pack; null where the manifest does not say. */
  readonly version: string | null;
}

/** Files as they were found. `odd`: what is there and is no file that can be read, with the reason. */
export interface FoundPack {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly odd: readonly Remark[];
}

/** Judges sums, names and signatures. Nothing of a pack is believed before its sum holds. */
export function judgePack({ files, odd }: FoundPack, key: KeyObject | undefined): PackJudgement {
  const bytes = files.get(MANIFEST);
  if (bytes === undefined) {
    const problems = [...odd, { file: MANIFEST, what: "is missing: this is no pack" }];
    return { problems, unsure: [], notes: [], version: null };
  }
  const manifest = readManifest(Buffer.from(bytes).toString("utf8"));
  const signed = judgeEnvelope(bytes, files.get(ENVELOPE), key);
  const stamp = files.has(TIMESTAMP) ? [{ file: TIMESTAMP, what: "is there, and is not judged here" }] : [];
  const notes = [...signed.notes, ...stamp];
  if ("problem" in manifest) {
    const problems = [...odd, { file: MANIFEST, what: manifest.problem }, ...signed.problems];
    return { problems, unsure: signed.unsure, notes, version: null };
  }
  const { sums, version } = manifest;
  const strange = new Set(odd.map(({ file }) => file));
  const wrong = [...sums].flatMap(([file, sum]): readonly Remark[] => {
    const found = files.get(file);
    if (found === undefined) return strange.has(file) ? [] : [{ file, what: "is missing" }];
    return sumOf(found) === sum ? [] : [{ file, what: "was changed: its SHA-256 is not that of the manifest" }];
  });
  const outside = new Set([MANIFEST, ENVELOPE, TIMESTAMP]);
  const extra = [...files.keys()]
    .filter((file) => !sums.has(file) && !outside.has(file))
    .map((file) => ({ file, what: "is in no manifest: it was added afterwards" }));
  const problems = [...odd, ...wrong, ...extra, ...signed.problems].sort((a, b) => compareText(a.file, b.file));
  return { problems, unsure: signed.unsure, notes, version };
}

type Signed = Pick<PackJudgement, "problems" | "unsure" | "notes">;

function judgeEnvelope(manifest: Uint8Array, bytes: Uint8Array | undefined, key: KeyObject | undefined): Signed {
  const wrong = (what: string): Signed => ({ problems: [{ file: ENVELOPE, what }], unsure: [], notes: [] });
  if (bytes === undefined) return wrong("is missing");
  const envelope = readEnvelope(Buffer.from(bytes).toString("utf8"));
  if (envelope === undefined) return wrong("is no DSSE envelope as matrix writes it");
  const { payload, payloadType, signatures } = envelope;
  if (payloadType !== PAYLOAD_TYPE) return wrong("says that it holds something else than an in-toto statement");
  if (payload !== Buffer.from(manifest).toString("base64")) {
    const { problems } = wrong(`holds another manifest than ${MANIFEST}`);
    const at = firstDifference(Buffer.from(payload, "base64"), manifest) ?? 0;
    return {
      problems: [...problems, { file: MANIFEST, what: `is not what ${ENVELOPE} holds: they differ at byte ${at}` }],
      unsure: [],
      notes: [],
    };
  }
  if (Buffer.from(bytes).toString("utf8") !== envelopeText(manifest, signatures))
    return wrong("was changed: it is not as matrix writes it");
  if (signatures.length === 0) {
    if (key !== undefined) return wrong("is not signed");
    const what = "is not signed: whoever could write this folder could have made all of it";
    return { problems: [], unsure: [], notes: [{ file: ENVELOPE, what }] };
  }
  if (key === undefined)
    return { problems: [], unsure: [{ file: ENVELOPE, what: "is signed: give the public key with --key" }], notes: [] };
  const id = keyIdOf(key);
  // Of other kinds, a program may have signed while nobody told which key it has.
  const isNameless = signatures.some(({ keyid }) => keyid === "");
  if (isNameless && key.asymmetricKeyType?.startsWith("ed") === true)
    return wrong("was changed: its signature does not name the key, as every Ed25519 signature of matrix does");
  const failing = signatures.filter(
    ({ keyid, sig }) => (keyid !== "" && keyid !== id) || !isSignedBy(manifest, sig, key),
  );
  if (failing.length > 0) return wrong("is not signed by this key");
  return {
    problems: [],
    unsure: [],
    notes: [{ file: ENVELOPE, what: `is signed by the key ${id}${isNameless ? ", and does not name it" : ""}` }],
  };
}

function readEnvelope(text: string): Envelope | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const { payload, payloadType, signatures } = value;
  if (typeof payload !== "string" || typeof payloadType !== "string" || !Array.isArray(signatures)) return undefined;
  const read = (signatures as readonly unknown[]).flatMap((each) =>
    isObject(each) && typeof each["keyid"] === "string" && typeof each["sig"] === "string"
      ? [{ keyid: each["keyid"], sig: each["sig"] }]
      : [],
  );
  return read.length === signatures.length ? { payload, payloadType, signatures: read } : undefined;
}

/** What a statement recorded, as far as it can be worked with; undefined where it is none. */
export function readStatement(bytes: Uint8Array | undefined): Recorded | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes ?? []).toString("utf8"));
    const recorded = isObject(value) && value["schema"] === "matrix/evidence/v1" ? value["recorded"] : undefined;
    if (!isObject(recorded)) return undefined;
    const { environment, asOf, root, commit, history } = recorded;
    const isUsable =
      [environment, asOf, root].every((each) => typeof each === "string") && isCommit(commit) && isHistory(history);
    // Each part that is used was looked at just now.
    return isUsable ? (recorded as unknown as Recorded) : undefined;
  } catch {
    return undefined;
  }
}

const isId = (value: unknown): boolean => typeof value === "string" && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value);
const isMoment = (value: unknown): boolean => typeof value === "string" && parseInstant(value) !== undefined;

const commitFields = {
  committed: ["id", "at", "author", "subject"],
  differs: ["id"],
  unknown: ["reason"],
} as const satisfies Readonly<Record<Recorded["commit"]["state"], readonly string[]>>;

function isCommit(value: unknown): boolean {
  if (!isObject(value)) return false;
  const fields = new Map<unknown, readonly string[]>(Object.entries(commitFields)).get(value["state"]);
  return fields !== undefined && isWhole(value, fields);
}

/** Ids and moments are written into the statement as they are: they must be nothing else. */
function isWhole(value: Readonly<Record<string, unknown>>, fields: readonly string[]): boolean {
  const isRight = (field: string): boolean =>
    field === "id" ? isId(value[field]) : field === "at" ? isMoment(value[field]) : typeof value[field] === "string";
  return fields.every(isRight);
}

function isHistory(value: unknown): boolean {
  if (!isObject(value) || !Array.isArray(value["commits"])) return false;
  const { from, cutOff } = value;
  return (
    (from === null || isMoment(from)) &&
    (cutOff === null || typeof cutOff === "string") &&
    (value["commits"] as readonly unknown[]).every(
      (each) =>
        isObject(each) &&
        isWhole(each, [...commitFields.committed, "matrix"]) &&
        Array.isArray(each["parents"]) &&
        each["parents"].every(isId) &&
        isChanges(each["changes"]),
    )
  );
}

function isChanges(value: unknown): boolean {
  if (value === null) return true;
  if (!isObject(value) || typeof value["matrix"] !== "string" || !Array.isArray(value["needs"])) return false;
  const isTexts = (list: unknown): boolean => Array.isArray(list) && list.every((each) => typeof each === "string");
  return (value["needs"] as readonly unknown[]).every(
    (need) =>
      isObject(need) &&
      (need["owner"] === null || typeof need["owner"] === "string") &&
      isTexts(need["github"]) &&
      isTexts(need["fingerprints"]),
  );
}
