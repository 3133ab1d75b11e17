import { exitCodes } from "../../src/cli/exit-codes.ts";
import { runMatrix } from "./play.ts";

/**
 * A page whose generated parts say what the program says now: `<!-- help: COMMAND -->` up to `<!-- /help -->`, and
 * `<!-- exit-codes -->` up to `<!-- /exit-codes -->`.
 */
export async function regenerate(text: string): Promise<string> {
  let result = text.replace(
    /(<!-- exit-codes -->\n)[^]*?(<!-- \/exit-codes -->)/g,
    (_, open: string, close: string) => open + exitCodeTable() + close,
  );
  for (const command of helpMarkers(text)) {
    const { output } = await runMatrix([...(command === "matrix" ? [] : [command]), "--help"], ".");
    result = result.replace(
      new RegExp(`(<!-- help: ${command} -->\n)[^]*?(<!-- /help -->)`),
      (_, open: string, close: string) => `${open}\`\`\`text\n${output}\`\`\`\n${close}`,
    );
  }
  return result;
}

/** The commands whose help a page shows; `matrix` is the program itself. */
export function helpMarkers(text: string): readonly string[] {
  return [...text.matchAll(/<!-- help: ([a-z-]+) -->/g)].map(([, command = ""]) => command);
}

function exitCodeTable(): string {
  const rows = Object.values(exitCodes).map(({ code, meaning }) => `| ${code} | ${meaning} |\n`);
  return `| code | meaning |\n| ---: | --- |\n${rows.join("")}`;
}
