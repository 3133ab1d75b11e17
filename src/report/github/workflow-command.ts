import { escapeCommandData, escapeCommandProperty } from "./escape-command.ts";

/** A line that GitHub's runner takes as a command. */
export function workflowCommand(
  name: "error" | "warning" | "notice",
  properties: Readonly<Record<string, string | number>>,
  data: string,
): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeCommandProperty(String(value))}`);
  return `::${name} ${list.join(",")}::${escapeCommandData(data)}`;
}
