/** Who may invoke one service or job in one region of one environment. */
export interface Row {
  readonly environment: string;
  readonly project: string;
  readonly region: string;
  readonly kind: "service" | "job";
  /** The Cloud Run name. */
  readonly name: string;
  readonly role: string;
  /** enforce: exactly these. add: these at least. */
  readonly mode: "enforce" | "add";
  /** The members as IAM writes them. */
  readonly principals: readonly string[];
  /** Whether Terraform switches the invoker check off, so that anybody may call. */
  readonly isUnchecked: boolean;
}

/** The resource as Google's API names it. */
export function resourcePath(row: Pick<Row, "kind" | "name" | "project" | "region">): string {
  return `projects/${row.project}/locations/${row.region}/${row.kind}s/${row.name}`;
}

/** Rows as text, so that two sets of them can be compared: a line for each row, and one for each who may invoke. */
export function linesOf(rows: readonly Row[]): readonly string[] {
  const lines = rows.flatMap((row) => {
    const at = `${row.environment} ${resourcePath(row)} ${row.role}`;
    const open = row.isUnchecked ? [`${at} lets in anybody`] : [];
    return [
      `${at} is a row (${row.mode})`,
      ...open,
      ...row.principals.map((principal) => `${at} lets in ${principal}`),
    ];
  });
  return [...new Set(lines)].sort();
}
