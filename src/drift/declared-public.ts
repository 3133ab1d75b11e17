import type { GrantAt } from "./grant-findings.ts";

/** How the matrix opens services to everybody, where it opens all of them; undefined where one is to be closed. */
export function declaredPublic(places: readonly GrantAt[]): "allUsers" | "no-invoker-check" | undefined {
  const isOpen = places.every(
    ({ live: { declared } }) => declared?.public !== undefined && declared.stage !== "retiring",
  );
  return isOpen ? places[0]?.live.declared?.public?.via : undefined;
}
