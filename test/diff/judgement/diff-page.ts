/** A page of docs/rules about a rule of diff, taken apart. */
export interface DiffPage {
  readonly title: string;
  readonly summary: string;
  readonly severity: string;
  /** What, Why and Fix, in this order. */
  readonly prose: readonly string[];
  /** Both versions, in one: see judgeDiff. */
  readonly diff: string;
}

const prose = "((?:(?!#|```).*\\n)+)";
const shape = new RegExp(
  `^# (.+)\\n\\n(.+)\\n\\n(Severity: .+)\\n\\n## What\\n${prose}## Why\\n${prose}## Fix\\n${prose}` +
    "## Example\\n```diff\\n((?:[-+ ].*\\n)+)```\\n\\n```text\\n(?:(?!```).*\\n)+```\\n$",
);

/** The parts of a page; undefined where it does not have the shape that every page has. */
export function readDiffPage(text: string): DiffPage | undefined {
  const match = shape.exec(text);
  if (match === null) return undefined;
  const [, title = "", summary = "", severity = "", what = "", why = "", fix = "", diff = ""] = match;
  return { title, summary, severity, prose: [what, why, fix], diff };
}

/** The diff of a page, whatever else there is. */
export function diffOfPage(text: string): string {
  return /^```diff\n([^`]*)```/m.exec(text)?.[1] ?? "";
}

/** The same page with what is said of its example. */
export function withTold(text: string, told: string): string {
  return `${text.slice(0, text.indexOf("```text\n"))}\`\`\`text\n${told}\n\`\`\`\n`;
}
