/** Something that must be put right before anything can be read: credentials, a variable, a proxy. Holds no secrets. */
export class SetupError extends Error {
  /** What to do about it. */
  readonly help: string | undefined;

  constructor(message: string, help?: string) {
    super(message);
    this.name = "SetupError";
    this.help = help;
  }
}
