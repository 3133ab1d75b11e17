import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { bind, service, world, type TinyWorld } from "./tiny-world.ts";

/** A world and what a person would answer, for every evaluator. Judged at NOON of tiny-world.ts, all rings. */
export interface Example {
  /** The sentence that it holds. */
  readonly name: string;
  readonly snapshot: Snapshot;
  /** Lines of `lineOf`, in any order. */
  readonly rows: readonly string[];
  /** `oddity member`; not compared where it is absent. */
  readonly odd?: readonly string[];
  /** `what resource`, of what services hang on; not compared where it is absent. */
  readonly unread?: readonly string[];
}

export interface RowFacts {
  readonly ring: string;
  readonly principal: string;
  readonly verdict: string;
  readonly through: string | null;
  readonly managed: boolean;
  readonly denyUnread: boolean;
}

/** A row in one line. */
export function lineOf({ ring, principal, verdict, through, managed, denyUnread }: RowFacts): string {
  const more = [
    through === null ? "" : `through ${through}`,
    managed ? "managed" : "",
    denyUnread ? "deny unread" : "",
  ];
  return [ring, principal, verdict, ...more].filter((word) => word !== "").join(" ");
}

export const web = "serviceAccount:web@p1.iam.gserviceaccount.com";
export const api = "serviceAccount:api@p1.iam.gserviceaccount.com";
export const ana = "user:ana@acme.test";
export const ops = "group:ops@acme.test";
export const everyAccount = "principalSet://cloudresourcemanager.googleapis.com/projects/111/type/ServiceAccount";
export const invoker = "roles/run.invoker";
export const noon = "2026-11-22T12:00:00Z";

/** One service `api` on which the member is an invoker. */
export const bound = (member: string, more: TinyWorld = {}, expression?: string): Snapshot =>
  world({ services: [service("api", { bindings: [bind(invoker, member, expression)] })], ...more });

export const subject =
  "principal://iam.googleapis.com/projects/111/locations/global/workloadIdentityPools/ci/subject/build";
