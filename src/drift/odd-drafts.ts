import type { Hop, OddGrant, Oddity } from "../access/access.ts";
import { parseMember } from "../access/member.ts";
import type { Draft } from "./draft.ts";
import type { DriftContext } from "./drift-context.ts";
import { grantIdentity } from "./grant-findings.ts";
import { removeCommand } from "./remove-command.ts";

/** What a rule says of an odd grant that opens, or would open, some services by their names. */
type Say = (
  hop: Hop,
  services: readonly string[],
) => Pick<Draft, "confidence" | "message" | "severity"> & { readonly instead?: string };

/** Findings about grants of one odd kind, one for each grant. */
export function oddDrafts(context: DriftContext, oddity: Oddity, say: Say): Iterable<Draft> {
  return draftsAbout(
    context.access.oddGrants.filter((grant) => grant.oddity === oddity),
    context,
    say,
  );
}

/** A finding about each of some odd grants. */
export function* draftsAbout(grants: readonly OddGrant[], context: DriftContext, say: Say): Iterable<Draft> {
  for (const { hop, oddity, services } of grants) {
    const lives = services.map((service) => context.liveOf(service));
    const names = [...new Set(lives.map(({ name }) => name))].sort();
    const { instead, ...said } = say(hop, names);
    const remove = removeCommand(hop);
    const fix = instead === undefined || remove === undefined ? (remove ?? instead) : `${instead}, then: ${remove}`;
    const place = lives.find(({ declared }) => declared !== undefined)?.declared?.declared.place;
    yield {
      ...said,
      ...(fix === undefined ? {} : { fix }),
      services: names,
      principal: parseMember(hop.member ?? "").principal,
      resource: hop.resource,
      ...(hop.role === null ? {} : { role: hop.role }),
      paths: [{ hops: [hop], allow: "allowed", managed: false }],
      identity: [oddity, ...grantIdentity(hop)],
      ...(place === undefined ? {} : { at: place }),
    };
  }
}
