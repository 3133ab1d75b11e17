import { createHash } from "node:crypto";
import { canonicalJson } from "../words/canonical-json.ts";
import type { Snapshot } from "./snapshot.ts";

/** The snapshot with the hash over the canonical JSON of everything else. */
export function sealSnapshot(content: Omit<Snapshot, "sha256">): Snapshot {
  return { ...content, sha256: hashOf(content) };
}

/** The hash that a snapshot of this content must hold: SHA-256 in hex over the canonical JSON of all but the hash. */
export function snapshotDigest(snapshot: Snapshot): string {
  // JSON leaves out what is undefined.
  return hashOf({ ...snapshot, sha256: undefined });
}

function hashOf(content: Omit<Snapshot, "sha256"> & { readonly sha256?: undefined }): string {
  return createHash("sha256").update(canonicalJson(content)).digest("hex");
}
