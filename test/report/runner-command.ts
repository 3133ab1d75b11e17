export interface RunnerCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** What GitHub's runner obeys in a line of a log, read the way its ActionCommand.cs does: `::name::` or `##[name]`. */
export function runnerCommand(line: string): RunnerCommand | undefined {
  const trimmed = line.trimStart();
  const end = trimmed.indexOf("::", 2);
  if (trimmed.startsWith("::") && end !== -1) {
    const [name = "", ...rest] = trimmed.slice(2, end).split(" ");
    const properties = rest
      .join(" ")
      .split(",")
      .map(
        (pair) => [pair.slice(0, pair.indexOf("=")), unescape(pair.slice(pair.indexOf("=") + 1), "property")] as const,
      );
    return { name, properties: Object.fromEntries(properties), data: unescape(trimmed.slice(end + 2), "data") };
  }
  const old = /##\[([^\] ]*)[^\]]*\](.*)/.exec(line);
  return old === null ? undefined : { name: old[1] ?? "", properties: {}, data: old[2] ?? "" };
}

function unescape(text: string, kind: "data" | "property"): string {
  const data = text.replaceAll("%0D", "\r").replaceAll("%0A", "\n");
  return (kind === "data" ? data : data.replaceAll("%3A", ":").replaceAll("%2C", ",")).replaceAll("%25", "%");
}
