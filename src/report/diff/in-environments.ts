import type { DiffReport } from "../../diff/diff-report.ts";
import { foldNames } from "./fold-names.ts";
import type { Say } from "./say.ts";

type Environments = Pick<DiffReport, "environments">;

/** ` in prod and staging`; nothing where the matrix has one environment only, or where it is about none. */
export function inEnvironments(names: readonly string[], report: Environments, say: Say): string {
  const where = environmentWords(names, report, say);
  return where === "" ? "" : ` in ${where}`;
}

/** `prod and staging` */
export function environmentWords(
  names: readonly string[],
  { environments }: Environments,
  { name }: Pick<Say, "name">,
): string {
  if (names.length === 0 || environments.length < 2) return "";
  if (names.length > 3 && environments.every((each) => names.includes(each)))
    return `all ${environments.length} environments`;
  return foldNames(names, name);
}
