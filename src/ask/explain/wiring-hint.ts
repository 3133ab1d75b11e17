import type { Case } from "./case.ts";

/** Where it stands how a caller of the matrix gets the right token. */
export function wiringHint({ service, other }: Pick<Case["caller"], "service" | "other">): string {
  const key = service?.key ?? other?.key;
  return key === undefined ? "" : `: matrix wiring ${key} says how to get the right one`;
}
