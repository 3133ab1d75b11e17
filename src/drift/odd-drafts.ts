import type { Hop, Oddity } from "../access/access.ts";
import { parseMember } from "../access/member.ts";
import type { Draft } from "./draft.ts";
import type { DriftContext } from "./drift-context.ts";
import { grantIdentity } from "./grant-findings.ts";
import { removeCommand } from "./remove-command.ts";

/** Findings about grants of one odd kind, one for each grant. */
export function* oddDrafts(
  context: DriftContext,
  oddity: Oddity,
  say: (hop: Hop) => Pick<Draft, "message" | "severity"> & { readonly instead?: string },
): Iterable<Draft> {
  for (const grant of context.access.oddGrants) {
    if (grant.oddity !== oddity) continue;
    const { hop, services } = grant;
    const lives = services.map((service) => context.liveOf(service));
    const { instead, ...said } = say(hop);
    const remove = removeCommand(hop);
    const fix = instead === undefined || remove === undefined ? (remove ?? instead) : `${instead}, then: ${remove}`;
    const place = lives.find(({ declared }) => declared !== undefined)?.declared?.declared.place;
    yield {
      ...said,
      ...(fix === undefined ? {} : { fix }),
      services: [...new Set(lives.map(({ name }) => name))].sort(),
      principal: parseMember(hop.member ?? "").principal,
      resource: hop.resource,
      ...(hop.role === null ? {} : { role: hop.role }),
      paths: [{ hops: [hop], allow: "allowed", managed: false }],
      identity: [oddity, ...grantIdentity(hop)],
      ...(place === undefined ? {} : { at: place }),
    };
  }
}
