import { createHash, createPublicKey, type KeyObject, sign, verify } from "node:crypto";

/** What the payload of an envelope is. spec: in-toto, https://github.com/in-toto/attestation/blob/main/spec/v1/envelope.md */
export const PAYLOAD_TYPE = "application/vnd.in-toto+json";

/** spec: https://github.com/secure-systems-lab/dsse/blob/master/envelope.md */
export interface Envelope {
  readonly payload: string;
  readonly payloadType: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/**
 * The bytes that are signed: `DSSEv1 SP LEN(type) SP type SP LEN(body) SP body`, lengths in bytes.
 * spec: https://github.com/secure-systems-lab/dsse/blob/master/protocol.md
 */
export function preAuthEncoding(type: string, body: Uint8Array): Uint8Array {
  const head = `DSSEv1 ${Buffer.byteLength(type)} ${type} ${body.length} `;
  return Buffer.concat([Buffer.from(head), body]);
}

/** An envelope as its file has it. */
export function envelopeText(payload: Uint8Array, signatures: Envelope["signatures"]): string {
  const envelope: Envelope = {
    payload: Buffer.from(payload).toString("base64"),
    payloadType: PAYLOAD_TYPE,
    signatures,
  };
  return `${JSON.stringify(envelope, null, 2)}\n`;
}

/** SHA-256 in hex over the DER of the public key: how a signature says which key made it. */
export function keyIdOf(key: KeyObject): string {
  const open = key.type === "private" ? createPublicKey(key) : key;
  return createHash("sha256")
    .update(open.export({ type: "spki", format: "der" }))
    .digest("hex");
}

/** Signs a payload with an Ed25519 key. */
export function signPayload(payload: Uint8Array, key: KeyObject): Envelope["signatures"][number] {
  return { keyid: keyIdOf(key), sig: sign(null, preAuthEncoding(PAYLOAD_TYPE, payload), key).toString("base64") };
}

/** Whether a signature is of this key. Ed25519 signs the bytes; other keys, of --sign-with, their SHA-256. */
export function isSignedBy(payload: Uint8Array, sig: string, key: KeyObject): boolean {
  const bytes = Buffer.from(sig, "base64");
  // Base64 has several spellings of the same bytes; only one of them was written.
  if (bytes.toString("base64") !== sig) return false;
  const isEdwards = key.asymmetricKeyType === "ed25519" || key.asymmetricKeyType === "ed448";
  return verify(isEdwards ? null : "sha256", preAuthEncoding(PAYLOAD_TYPE, payload), key, bytes);
}
