import type { Access } from "../../src/access/access.ts";
import { byText, textOfPath, type PlainAccess } from "./naive/naive-access.ts";

/** What the evaluator of src answers, in the words in which the naive one answers. */
export function plainAccess({ services, rows, oddGrants, unread }: Access): PlainAccess {
  return {
    services: services.map(({ resource }) => resource).toSorted(),
    rows: byText(
      rows.map(({ service, ring, principal, through, verdict, denyUnread, managed, paths }) => ({
        service: service.resource,
        ring,
        principal,
        through,
        verdict,
        denyUnread,
        managed,
        paths: paths.map(textOfPath).toSorted(),
      })),
    ),
    oddGrants: byText(
      oddGrants.map(({ oddity, hop, services: where }) => {
        const { kind, level, resource, role, member, condition } = hop;
        return {
          oddity,
          hop: { kind, level, resource, role, member, condition },
          services: where.map((service) => service.resource).toSorted(),
        };
      }),
    ),
    unread: byText(
      unread.map(({ what, resource, services: where }) => ({ what, resource, services: where.toSorted() })),
    ),
  };
}

export function linesOfOddGrants({ oddGrants }: PlainAccess): string[] {
  return oddGrants.map(({ oddity, hop }) => `${oddity} ${hop.member ?? ""}`).toSorted();
}

/** What services hang on. */
export function linesOfGaps({ unread }: PlainAccess): string[] {
  return unread
    .filter(({ services }) => services.length > 0)
    .map(({ what, resource }) => `${what} ${resource}`)
    .toSorted();
}
