import { packFiles } from "../../evidence/pack-files.ts";

/** What is what, for whoever opens a pack. All of its text is the program's own. */
export function readmeText(version: string): string {
  const rows = Object.entries(packFiles).map(([name, what]) => `| \`${name}\` | ${what} |`);
  return `# Evidence of access between services

Made by matrix ${version}. Begin with \`statement.md\`: it says what was looked at and what was not.

| file | what it is |
| --- | --- |
${rows.join("\n")}
| \`manifest.json\` | SHA-256 of every other file, as an in-toto statement. |
| \`manifest.dsse.json\` | The same in a DSSE envelope, with its signatures. |
| \`timestamp.tsr\` | Not made by matrix: an RFC 3161 answer over \`manifest.dsse.json\` may be put here afterwards. |

\`matrix evidence verify FOLDER --key PUBLIC.pem\` checks all of it, and works the verdict out again from the snapshot and the
matrix. docs/evidence.md of matrix shows how to do the same with sha256sum and openssl.
`;
}
