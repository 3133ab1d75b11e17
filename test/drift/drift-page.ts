/** A page of docs/rules about a rule of drift, taken apart. */
export interface DriftPage {
  readonly title: string;
  readonly summary: string;
  readonly severity: string;
  readonly criteria: string;
  /** What, Why and Fix, in this order. */
  readonly prose: readonly string[];
}

const prose = "((?:(?!#|```).*\\n)+)";
const shape = new RegExp(
  `^# (.+)\\n\\n(.+)\\n\\n(Severity: .+)\\n\\n(SOC 2: .+)\\n\\n## What\\n${prose}## Why\\n${prose}## Fix\\n${prose}` +
    "## Example\\n```yaml\\n(?:(?!```).*\\n)+```\\n\\n```console\\n(?:(?!```).*\\n)+```\\n$",
);

/** The parts of a page; undefined where it does not have the shape that every page has. */
export function readDriftPage(text: string): DriftPage | undefined {
  const match = shape.exec(text);
  if (match === null) return undefined;
  const [, title = "", summary = "", severity = "", criteria = "", what = "", why = "", fix = ""] = match;
  return { title, summary, severity, criteria, prose: [what, why, fix] };
}

/** The same page with another example. */
export function withExample(text: string, matrix: string, told: string): string {
  const before = text.slice(0, text.indexOf("## Example\n"));
  return `${before}## Example\n\`\`\`yaml\n${matrix}\`\`\`\n\n\`\`\`console\n$ matrix drift\n${told}\`\`\`\n`;
}
