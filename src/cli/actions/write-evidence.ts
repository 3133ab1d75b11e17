import { createPublicKey } from "node:crypto";
import { resolve, sep } from "node:path";
import { formatInstant, type Instant } from "../../time/instant.ts";
import { escapeTerminal } from "../../report/terminal/escape-terminal.ts";
import { derivePack } from "../derive-pack.ts";
import { evidenceHistory } from "../evidence-history.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { readApprovals } from "../read-approvals.ts";
import { onlyWorld, readAsked, type WorldOptions } from "../read-asked.ts";
import type { Session } from "../session.ts";
import { readPublicKey, readSignKey } from "../sign-keys.ts";
import { signWith } from "../sign-with.ts";
import { UsageError } from "../usage-error.ts";
import { version } from "../version.ts";

interface Given extends WorldOptions {
  readonly out?: string;
  readonly approvals?: readonly string[];
  readonly from?: Instant;
  readonly signKey?: string;
  readonly signWith?: string;
  readonly signArg?: readonly string[];
  readonly key?: string;
}

/** `matrix evidence`: a pack for an audit. Ends with 0 where it is written, and 3 where not all could be read. */
export async function writeEvidence(session: Session, file: string | undefined, given: Given): Promise<ExitCode> {
  const { io, quiet } = session;
  const out = checkOptions(session, file ?? io.env["MATRIX_FILE"], given);
  const sign = signer(session, given);
  const approvals = await readApprovals(io, given.approvals ?? []);
  const asked = await readAsked(session, "evidence", file, given, "one");
  if (typeof asked === "number") return asked;
  const { validated, snapshot } = asked;
  if (snapshot === null) throw new Error("a pack without a look at what is live");
  const { asOf } = asked.matrix;
  const environment = onlyWorld(asked).environment.name;
  const evidence = await import("../../evidence/evidence.ts");
  const bytes = new Map(validated.files.map((name) => [name, readSource(session, name)]));
  const absolute = (name: string): string => resolve(io.cwd, name).split(sep).join("/");
  const sources = evidence.nameSources(
    absolute(validated.name),
    new Map([...bytes].map(([name, content]) => [absolute(name), content])),
  );
  const misnamed = [...sources.files.keys()].find((name) => !evidence.isPackName(name));
  if (misnamed !== undefined)
    throw new UsageError(`a pack cannot hold a file named ${JSON.stringify(misnamed)}`, "name it without a backslash");
  const seen = await evidenceHistory(io, validated, bytes, { from: given.from, until: asOf, approvals });
  const recorded = { environment, asOf: formatInstant(asOf), root: sources.root, ...seen };
  const pack = await derivePack({ recorded, sources, snapshot, approvals });
  const sums = new Map([...pack.files].map(([name, content]) => [name, evidence.sumOf(content)]));
  const manifest = evidence.manifestText(sums, version);
  const envelope = evidence.envelopeText(Buffer.from(manifest), await sign(Buffer.from(manifest)));
  for (const [name, content] of [...pack.files, [evidence.MANIFEST, manifest], [evidence.ENVELOPE, envelope]] as const)
    io.disk.write(`${out}/${name}`, content);
  if (!pack.complete) io.stderr.write("not everything could be read: statement.md says what is missing\n");
  if (!quiet) io.stderr.write(`wrote ${escapeTerminal(out)}: ${sums.size + 2} files\n`);
  return pack.complete ? exitCodes.clean.code : exitCodes.incomplete.code;
}

function readSource({ io }: Session, name: string): Uint8Array {
  const content = io.disk.read(name);
  if (content.problem !== undefined) throw new UsageError(content.problem, content.help);
  return content.bytes;
}

/** Of Ed25519 and of Ed448. spec: RFC 8032 */
const edwardsBytes: readonly number[] = [64, 114];

type Sign = (payload: Uint8Array) => Promise<readonly { readonly keyid: string; readonly sig: string }[]>;

/** How the manifest is signed. A key that is no use is told before anything is read. */
function signer(session: Session, { signKey, signWith: program, signArg = [], key: open }: Given): Sign {
  if (signArg.length > 0 && program === undefined)
    throw new UsageError("--sign-arg is a word for a program", "name it with --sign-with");
  if (open !== undefined && signKey === undefined && program === undefined)
    throw new UsageError("--key is the public key of a signature", "sign with --sign-key or --sign-with");
  const publicKey = open === undefined ? undefined : readPublicKey(session, open);
  if (signKey !== undefined) {
    const key = readSignKey(session, signKey);
    if (publicKey !== undefined && !publicKey.equals(createPublicKey(key)))
      throw new UsageError(`${open ?? ""} is not the public key of ${signKey}`);
    return async (payload) => [(await import("../../evidence/evidence.ts")).signPayload(payload, key)];
  }
  if (program === undefined) return () => Promise.resolve([]);
  return async (payload) => {
    const { isSignedBy, keyIdOf, preAuthEncoding, PAYLOAD_TYPE } = await import("../../evidence/evidence.ts");
    const sig = signWith(session.io, program, signArg, preAuthEncoding(PAYLOAD_TYPE, payload));
    if (publicKey !== undefined) {
      if (isSignedBy(payload, sig, publicKey)) return [{ keyid: keyIdOf(publicKey), sig }];
      throw new UsageError(`what ${program} wrote is no signature by the key of ${open ?? ""}`, "nothing was written");
    }
    if (edwardsBytes.includes(Buffer.from(sig, "base64").length))
      throw new UsageError(
        `${program} made an Ed25519 signature, whose envelope has to name the key`,
        "give its public key with --key",
      );
    session.io.stderr.write(
      `the signature of ${escapeTerminal(program)} was not verified here: --key PUBLIC.pem does\n`,
    );
    return [{ keyid: "", sig }];
  };
}

/**
 * Beside what reading the world checks.
 * @returns the folder to write to
 * @throws UsageError where options say what cannot be
 */
function checkOptions({ io }: Session, file: string | undefined, given: Given): string {
  if (given.out === undefined || given.out === "")
    throw new UsageError("a pack needs a folder", "name a new or empty one: --out FOLDER");
  if (file === "-") throw new UsageError("a pack holds the files of the matrix, and standard input is none", "name it");
  if (given.live !== true && given.snapshot === undefined)
    throw new UsageError(
      "a pack without a look at what is live proves nothing",
      "add --snapshot FILE, or --live to read Google Cloud",
    );
  const { disk } = io;
  const isNew = !disk.exists(given.out);
  const isEmpty = disk.isFolder(given.out) && disk.list(given.out).length === 0 && disk.folders(given.out).length === 0;
  if (!isNew && !isEmpty)
    throw new UsageError(`${given.out} is there and not an empty folder`, "name a new one, or move it away");
  return given.out.replace(/(?<=.)\/+$/, "");
}
