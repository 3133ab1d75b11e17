/** What the program's exit status means: the same number means the same for every command. */
export const exitCodes = {
  clean: { code: 0, meaning: "clean, or yes" },
  findings: { code: 1, meaning: "findings at or above --fail-on, or no" },
  usage: { code: 2, meaning: "a wrong command line, or input that cannot be read" },
  incomplete: { code: 3, meaning: "could not complete, or unknown; it wins over 1" },
  bug: { code: 70, meaning: "a bug in matrix" },
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]["code"];

/** The table of exit codes, as help and docs show it. */
export function describeExitCodes(): string {
  const rows = Object.values(exitCodes).map(({ code, meaning }) => `  ${String(code).padStart(2)}  ${meaning}`);
  return `Exit codes, the same for every command:\n\n${rows.join("\n")}\n`;
}
