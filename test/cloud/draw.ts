import { constantFrom, gen, nat, subarray, type Arbitrary } from "fast-check";
import type { Condition, Policy, Reading } from "../../src/snapshot/snapshot.ts";

/** The reason of everything that is not read: which words Google and the reader choose is not what is compared. */
export const anyReason = "*";

/** Draws: one of these; so many of these, in their order; a yes or no. */
export interface Draw {
  readonly one: <T>(...from: readonly [T, ...T[]]) => T;
  readonly some: <T>(from: readonly T[]) => readonly T[];
  readonly rarely: () => boolean;
}

/** Values that the function makes of what it draws. */
export function drawn<T>(make: (draw: Draw) => T): Arbitrary<T> {
  return gen().map((value) =>
    make({
      one: (...from) => value(() => constantFrom(...from)),
      some: (from) => value(() => subarray([...from])),
      rarely: () => value(() => nat(9)) === 0,
    }),
  );
}

export function read<T>(value: T): Reading<T> {
  return { status: "read", value };
}

/** Mostly read. */
export function reading<T>(draw: Draw, value: T): Reading<T> {
  return draw.rarely() ? { status: draw.one("denied", "failed"), reason: anyReason } : read(value);
}

/** Of the projects that are drawn. */
export const numbers: Readonly<Record<string, string>> = { alpha: "1001", beta: "1002" };
const roleNames = ["roles/run.invoker", "roles/viewer", "roles/editor", "projects/alpha/roles/caller"] as const;
/** A group that deny policies name, and no other policy. */
export const deniedGroup = "guards@acme.test";

/** An account outside of them. */
export const outsider = "caller@acme-tools.iam.gserviceaccount.com";

const conditions: readonly [undefined, ...Condition[]] = [
  undefined,
  { title: "", expression: "true" },
  { title: "now", expression: "request.time < x" },
];

export function drawPolicy(draw: Draw): Reading<Policy> {
  const bindings = draw.some([0, 1, 2]).map(() => {
    const condition = draw.one(...conditions);
    const members = draw.some([
      "allUsers",
      "user:ann@acme.test",
      "group:ops@acme.test",
      "domain:acme.test",
      "deleted:user:eve@acme.test?uid=1",
      "serviceAccount:a@alpha.iam.gserviceaccount.com",
      `serviceAccount:${outsider}`,
      "serviceAccount:service-1001@gcp-sa-pubsub.iam.gserviceaccount.com",
      "principalSet://iam.googleapis.com/projects/1001/locations/global/workloadIdentityPools/github/*",
    ]);
    const binding = { role: draw.one(...roleNames), members: members.length === 0 ? ["user:bob@acme.test"] : members };
    return condition === undefined ? binding : { ...binding, condition };
  });
  return reading(draw, { etag: draw.one("ACAB", "BwY0aBcDeFg="), bindings });
}
