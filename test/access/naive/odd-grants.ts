import { groupBy } from "./group-by.ts";
import type { Hop, Oddity } from "../../../src/access/access.ts";
import type { Instant } from "../../../src/time/instant.ts";
import { permissions } from "../../../src/access/permissions.ts";
import { evaluateCondition } from "./cel.ts";
import { hopOf } from "./direct-rows.ts";
import { isAgent, isDeleted, isFederated, isOtherSpelling, isTaken } from "./members.ts";
import {
  allServices,
  bindingsOf,
  carries,
  hasIap,
  invokePermission,
  placesOfIap,
  placesOfService,
  type Place,
  type World,
} from "./reading.ts";
import type { Binding } from "../../../src/snapshot/snapshot.ts";

export interface NaiveOddGrant {
  readonly oddity: Oddity;
  readonly hop: Hop;
  readonly services: readonly string[];
}

interface Asked {
  readonly ring: "direct" | "iap";
  readonly permission: string;
  readonly places: readonly Place[];
}

/** Bindings that may give the right to invoke (or to pass IAP) and should not stand, one entry each. */
export function oddGrantsOf(world: World): NaiveOddGrant[] {
  const found = allServices(world).flatMap((service) => {
    const rings: Asked[] = [
      { ring: "direct", permission: invokePermission(service), places: placesOfService(world, service) },
    ];
    if (hasIap(service))
      rings.push({ ring: "iap", permission: permissions.passIap, places: placesOfIap(world, service) });
    return rings.flatMap(({ ring, permission, places }) =>
      places.flatMap((place) =>
        bindingsOf(place)
          .filter(({ role }) => carries(world, role, permission) !== "no")
          .flatMap((binding) =>
            binding.members.flatMap((member) =>
              odditiesOf(world, ring, binding, member).map((oddity) => ({
                oddity,
                hop: hopOf("binding", place, binding, member),
                service: service.resource,
              })),
            ),
          ),
      ),
    );
  });
  return groupBy(found, ({ oddity, hop }) => JSON.stringify({ oddity, hop })).flatMap((same) => {
    const services = [...new Set(same.map(({ service }) => service))].toSorted();
    return same.slice(0, 1).map(({ oddity, hop }) => ({ oddity, hop, services }));
  });
}

function odditiesOf({ asOf }: World, ring: "direct" | "iap", { role, condition }: Binding, member: string): Oddity[] {
  const text = condition?.expression;
  const oddities: Oddity[] = [];
  if (isDeleted(member)) oddities.push("deleted");
  if (!isTaken(member, ring)) oddities.push("federated");
  if (text !== undefined && /\bresource\.(?:name|type|service)\b/.test(text)) oddities.push("resource-condition");
  if (text !== undefined && evaluateCondition(text, asOf) === "broken") oddities.push("broken-condition");
  if (text !== undefined && isTaken(member, ring) && !isDeleted(member) && wakesUp(text, asOf))
    oddities.push("dormant");
  if (isSurelyNoAgent(member) && role.toLowerCase().endsWith("serviceagent")) oddities.push("agent-role");
  return oddities;
}

const HOUR = 3_600_000;

/** Does not hold now, and may at one of the hours of the next eight days, or of the days of two years after the ninth. */
function wakesUp(text: string, asOf: Instant): boolean {
  if (evaluateCondition(text, asOf) !== "false") return false;
  const hours = [...Array(8 * 24).keys()].map((at) => at + 1);
  const days = [...Array(2 * 365).keys()].map((at) => (at + 9) * 24);
  return [...hours, ...days].some((later) => {
    const value = evaluateCondition(text, (asOf + later * HOUR) as Instant);
    return value === "true" || value === "unknown";
  });
}

function isSurelyNoAgent(member: string): boolean {
  const isKnownKind = /^(?:user|serviceAccount|group|domain|project(?:Owner|Editor|Viewer)|principalSet):|^all/.test(
    member,
  );
  return isKnownKind && !isAgent(member) && !isFederated(member) && !isOtherSpelling(member);
}
