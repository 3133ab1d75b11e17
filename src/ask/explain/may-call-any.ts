import type { LiveCase } from "./case.ts";

/** Whether a principal surely may call the service somewhere. */
export function mayCallAny({ found, view }: Pick<LiveCase, "found" | "view">, principal: string): boolean {
  return found.some(({ service }) =>
    (["direct", "iap"] as const).some((ring) => view.mayCall(principal, service, ring) === "allowed"),
  );
}
