import { paint } from "../../report/terminal/paint.ts";
import { nearestName } from "../../words/nearest-name.ts";
import { knownRuleIds } from "../known-rules.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Session } from "../session.ts";
import { readPackaged } from "../read-packaged.ts";
import { UsageError } from "../usage-error.ts";

/** `matrix explain`: the page about a rule of validate, drift, diff or guard. */
export function explainRule({ io, color }: Session, rule: string): ExitCode {
  if (!knownRuleIds.has(rule)) {
    const near = nearestName(rule, knownRuleIds);
    throw new UsageError(
      `no rule is called "${rule}"`,
      near === undefined ? "matrix rules lists them" : `did you mean "${near}"?`,
    );
  }
  const style = paint(color.stdout);
  const page = readPackaged(`docs/rules/${rule}.md`);
  io.stdout.write(
    page
      .replace(/^#+ (.*)$/gm, (heading, title: string) =>
        heading.startsWith("# ") || heading.startsWith("## ") ? style("strong", title) : heading,
      )
      .replace(/^```.*\n/gm, ""),
  );
  return exitCodes.clean.code;
}
