import type { DiffContext } from "../diff-context.ts";
import type { Sides } from "../sides.ts";
import { movedNames } from "../moved-names.ts";
import type { Need, WhoApproves } from "./need.ts";

type OwnersOf = (name: string, reason: Need["reason"], sides: Sides, context: DiffContext) => Iterable<Need>;

/** The owners of what a change of an environment's projects moves, or lets another agent call. */
export const ofProjects =
  (ownersOf: OwnersOf): WhoApproves =>
  (change, context) =>
    context
      .sidesOf(change)
      .flatMap((sides) =>
        movedNames(sides, context).flatMap(({ name }) => [...ownersOf(name, "service-owner", sides, context)]),
      );
