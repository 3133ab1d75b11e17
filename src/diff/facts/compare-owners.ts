import type { Matrix } from "../../matrix/model/matrix.ts";
import type { MatrixPair } from "../matrix-pair.ts";
import { compareEntries, type Entry } from "./compare-entries.ts";
import type { Difference } from "./difference.ts";
import { given } from "./json.ts";

/** Teams that are new or gone, and those that are reached or approve otherwise. */
export function compareOwners({ before, after }: MatrixPair): readonly Difference[] {
  return compareEntries(
    { added: "team-added", removed: "team-removed", changed: "team-changed" },
    entries(before),
    entries(after),
  );
}

function entries({ owners }: Matrix): readonly Entry[] {
  return [...(owners?.values() ?? [])].map(({ key, value: { github, contact }, place }) => ({
    key,
    value: given({ github, contact }),
    place,
  }));
}
