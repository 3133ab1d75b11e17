import { escapeTerminal } from "../terminal/escape-terminal.ts";
import type { ModesFormatOptions } from "./modes-format.ts";

/** So many lines of names are shown. */
const MAX_LINES = 4;

/** Names of services in lines of the terminal's width, cut where they are many. */
export function wrapNames(
  label: string,
  services: readonly { readonly service: string }[],
  { width, verbose }: Pick<ModesFormatOptions, "width" | "verbose">,
): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const [index, { service }] of services.entries()) {
    const word = escapeTerminal(service);
    const more = `${line}, ${word}`;
    const room = width - 4;
    if (line === "") line = `  ${label}${word}`;
    else if (more.length <= room) line = more;
    else {
      lines.push(`${line},`);
      line = `    ${word}`;
      const left = services.length - index;
      if (!verbose && lines.length === MAX_LINES - 1 && left > 8) {
        return [...lines, `    and ${left} more; -v names all`];
      }
    }
  }
  return line === "" ? lines : [...lines, line];
}
