import type { OwnedKind } from "./owned-resources.ts";

/**
 * What happens where a matrix manages the same, in a sentence, by kind of the resource elsewhere; undefined where the two
 * do not meet.
 */
export const conflicts = {
  account:
    "Two states then hold one account: whoever applies last decides what it is called, and who deletes it there deletes it for all.",
  "row-member":
    "It flaps: each apply of its state adds the member again, and each apply of the matrix takes it out again.",
  "row-binding": "The two fight: each apply of either state makes the row what it says itself, and undoes the other.",
  "row-policy":
    "It erases: each apply of its state replaces the whole policy of the service, and with it every row of the matrix.",
  service: undefined,
  job: undefined,
  "iap-binding": undefined,
  "iap-member": undefined,
  "iap-policy": undefined,
  "function-binding": undefined,
  "function-member": undefined,
  "function-policy": undefined,
} as const satisfies Readonly<Record<OwnedKind, string | undefined>>;
