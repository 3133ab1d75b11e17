import { createHash } from "node:crypto";

/**
 * Outputs in the form of the file GITHUB_OUTPUT. The end of each value is marked by a digest of it, so that no value can
 * hold its own end and go on with an output of its own.
 * docs: /en/actions/reference/workflows-and-actions/workflow-commands (multiline strings)
 */
export function formatOutputs(outputs: Readonly<Record<string, string>>): string {
  return Object.entries(outputs)
    .map(([name, value]) => {
      const end = `end_${createHash("sha256").update(`${name}\n${value}`).digest("hex")}`;
      return `${name}<<${end}\n${value}\n${end}\n`;
    })
    .join("");
}
