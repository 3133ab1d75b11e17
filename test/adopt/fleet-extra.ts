import type { AccountRecord, Binding, DenyRule, RoleRecord } from "../../src/snapshot/snapshot.ts";
import { numberOf } from "../cloud/world.ts";
import { emailOf, type Place, type Placed, placed, type PlacedFields, type Plan, policyOf } from "./fleet-plan.ts";

/** What an extra adds to a fleet. */
export interface Extra {
  readonly services: readonly Placed[];
  /** Instead of the records that its emails would get. */
  readonly accounts?: readonly AccountRecord[];
  readonly roles?: readonly RoleRecord[];
  /** More grants on the first project, and on what is above it. */
  readonly above?: Readonly<Partial<Record<Level, readonly Binding[]>>>;
  /** Of a deny policy on the first project. */
  readonly deny?: readonly DenyRule[];
}

export type Level = "project" | "folder" | "organization";

export type MakeExtra = (plan: Plan) => Extra;

export const dana = "user:dana@acme.test";
export const denied = { status: "denied", reason: "403: The caller does not have permission" } as const;
export const failed = { status: "failed", reason: "500: Internal error encountered." } as const;

/** Services by name, in the first project and region. */
export function inCore(services: Readonly<Record<string, PlacedFields>>): MakeExtra {
  return ({ places, regions }) => ({
    services: Object.entries(services).map(([name, fields]) => placed(places[0], regions[0], name, fields)),
  });
}

export function grant(role: string, ...members: readonly string[]): Binding {
  return { role, members };
}

/** An account that exists, has no keys, and did nothing. */
export function accountRecord(id: string, place: Place, fields: Partial<AccountRecord>): AccountRecord {
  const email = emailOf(id, place);
  return {
    email,
    details: { status: "read", value: { uniqueId: numberOf(email), disabled: false } },
    keys: { status: "read", value: [] },
    policy: policyOf([]),
    lastAuthenticated: { status: "read", value: null },
    ...fields,
  };
}
