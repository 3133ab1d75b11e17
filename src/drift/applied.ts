/** What is known of the last apply of the stacks. */
export interface Applied {
  /** The stacks of which it is known that the applied matrix is not this one. */
  readonly stale: ReadonlySet<string>;
  /** Whether Terraform's state has a member in a row: `resource`, `role` and `member` as IAM writes them. */
  readonly hasMember: (resource: string, role: string, member: string) => boolean;
}

/** Nothing is known: every difference is drift. */
export const unknownApply: Applied = { stale: new Set(), hasMember: () => false };
