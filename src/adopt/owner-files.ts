import { posix } from "node:path";
import { UNASSIGNED } from "../matrix/model/adopted-text.ts";
import type { Keyed } from "./assign-keys.ts";
import type { Filing } from "./adopt-services.ts";
import type { MatrixDraft } from "./matrix-draft.ts";
import { nameFrom } from "./pick-name.ts";

/** The folder of the files of owners, beside the root file. */
const FOLDER = "teams";

/** Labels that name an owner where nobody says which one does. */
const usualLabels = ["owner", "team"];

/** What the language takes for an owner (schemas/matrix.schema.json, `ownerName`). */
const ownerForm = /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/;

/** Whose a service is by its labels, and in which file it is to stand: with a label to split by, one for each owner. */
export function filing(draft: MatrixDraft, splitBy: string | undefined): Filing {
  const folder = posix.dirname(draft.root);
  const ownerOf = ({ instances }: Keyed): string => {
    const labels = splitBy === undefined ? usualLabels : [splitBy];
    const [written] = labels.flatMap((label) => instances.flatMap((instance) => ownLabel(instance.labels, label)));
    const owner = written !== undefined && ownerForm.test(written) && written.length <= 63 ? written : UNASSIGNED;
    // A label may leave away the prefix that owners of the matrix have.
    const known = [owner, `team-${owner}`].find((each) => draft.hasOwner(each)) ?? owner;
    draft.ensureOwner(known);
    return known;
  };
  return {
    ownerOf,
    fileOf: (keyed) => {
      if (splitBy === undefined) return draft.root;
      const name = `${FOLDER}/${nameFrom(ownerOf(keyed))}.yaml`;
      draft.includeFolder(FOLDER);
      return folder === "." ? name : `${folder}/${name}`;
    },
  };
}

/** Labels come from elsewhere: what an object has by itself is none. */
function ownLabel(labels: Readonly<Record<string, string>>, name: string): readonly string[] {
  const value = Object.hasOwn(labels, name) ? labels[name] : undefined;
  return value === undefined ? [] : [value];
}
