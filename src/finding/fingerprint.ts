import { createHash } from "node:crypto";
import type { Finding } from "./finding.ts";

/**
 * What stays the same about a finding while lines move: SHA-256 over rule, message, environments and file. The same
 * thing said of two places of a file has one fingerprint.
 */
export function fingerprint({ rule, message, environments, span }: Finding): string {
  return createHash("sha256")
    .update(JSON.stringify([rule, message, environments, span.file]))
    .digest("hex");
}
