import { count, enumerateWords } from "../words/enumerate-words.ts";
import type { Keyed } from "./assign-keys.ts";
import type { Instance } from "./instance.ts";

/** Where a service that was adopted comes from, and why Terraform is not given its row: the comment above it. */
export function describeService({ instances }: Keyed): readonly string[] {
  const [first] = instances;
  const regions = enumerateWords(
    instances.map(({ region }) => region),
    "and",
  );
  // What was not read is not known to be empty.
  const row = first.isWhole ? `; ${first.role} has ${count(first.members.length, "member")}` : "";
  return [
    `${first.kind} ${first.name} in ${regions} of ${first.project}${row}`,
    ...obstaclesOf(first).map((each) => `observed only: ${each}`),
  ];
}

/** Why Terraform is not given a row. */
export function obstaclesOf({ obstacles, rowElsewhere }: Instance): readonly string[] {
  return [...obstacles, ...rowElsewhere.map((each) => `another Terraform manages its row: ${each}`)];
}
