/** The variables of a process, as a value. */
export type Environment = Readonly<Record<string, string | undefined>>;
