import type { Matrix } from "../../matrix/model/matrix.ts";
import type { MatrixPair } from "../matrix-pair.ts";
import { compareEntries, type Entry } from "./compare-entries.ts";
import type { Difference } from "./difference.ts";
import { given, inOneOrder } from "./json.ts";
import { sameMoment } from "./same-moment.ts";

/** Access from above that the matrix accepts: new, gone, or with fields that differ. */
export function compareInherited({ before, after }: MatrixPair): readonly Difference[] {
  return compareEntries(
    { added: "inherited-added", removed: "inherited-removed", changed: "inherited-changed" },
    entries(before),
    entries(after),
    { expires: sameMoment },
  );
}

function entries({ inherited }: Matrix): readonly Entry[] {
  return inherited.map(({ key, value: { principal, role, at, owner, reason, ticket, expires }, place }) => ({
    key,
    value: given({ principal, role, at: inOneOrder(at), owner, reason, ticket, expires }),
    place,
  }));
}
