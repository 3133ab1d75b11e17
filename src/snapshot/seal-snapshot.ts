import { createHash } from "node:crypto";
import { canonicalJson } from "../words/canonical-json.ts";
import type { Snapshot } from "./snapshot.ts";

/** The snapshot with the hash over the canonical JSON of everything else. */
export function sealSnapshot(content: Omit<Snapshot, "sha256">): Snapshot {
  return { ...content, sha256: hashOf(content) };
}

/**
 * Whether a text is that of a sealed snapshot as it was written: canonical, with the hash among its keys. It is much
 * faster to ask than to make the canonical JSON again; a text that was laid out anew is not, and may still be intact.
 */
export function isAsSealed(text: string, { sha256 }: Snapshot): boolean {
  const without = text.trimEnd().replace(`,"sha256":"${sha256}"`, "");
  return createHash("sha256").update(without).digest("hex") === sha256;
}

/** The hash that a snapshot of this content must hold: SHA-256 in hex over the canonical JSON of all but the hash. */
export function snapshotDigest(snapshot: Snapshot): string {
  // JSON leaves out what is undefined.
  return hashOf({ ...snapshot, sha256: undefined });
}

function hashOf(content: Omit<Snapshot, "sha256"> & { readonly sha256?: undefined }): string {
  return createHash("sha256").update(canonicalJson(content)).digest("hex");
}
