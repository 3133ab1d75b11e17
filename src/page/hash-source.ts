import { createHash } from "node:crypto";

/** What a content security policy calls one inline style or script. docs: CSP level 3, hash-source */
export function hashSource(content: string): string {
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}
