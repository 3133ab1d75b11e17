/** One principal may invoke one service or job in one region of one environment, through one role. */
export interface Access {
  readonly environment: string;
  readonly project: string;
  readonly region: string;
  readonly kind: "service" | "job";
  /** The Cloud Run name. */
  readonly name: string;
  /** The role, or `no check` where everybody may call because nobody is checked. */
  readonly role: string;
  /** The member as IAM writes it. */
  readonly principal: string;
}

/** Access as text, so that two sets of it can be compared: one line each, each once, in order. */
export function linesOf(accesses: readonly Access[]): readonly string[] {
  const lines = accesses.map(({ environment, role, principal, ...target }) =>
    [environment, resourcePath(target), role, principal].join(" "),
  );
  return [...new Set(lines)].sort();
}

/** The resource as Google's API names it. */
export function resourcePath(target: Pick<Access, "kind" | "name" | "project" | "region">): string {
  return `projects/${target.project}/locations/${target.region}/${target.kind}s/${target.name}`;
}
