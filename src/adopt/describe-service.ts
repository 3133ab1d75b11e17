import { count, enumerateWords } from "../words/enumerate-words.ts";
import type { Keyed } from "./assign-keys.ts";

/** Where a service that was adopted comes from, and why Terraform is not given its row: the comment above it. */
export function describeService(keyed: Keyed): readonly string[] {
  const { instances } = keyed;
  const [first] = instances;
  const regions = enumerateWords(
    instances.map(({ region }) => region),
    "and",
  );
  // What was not read is not known to be empty.
  const row = first.isWhole ? `; ${first.role} has ${count(first.members.length, "member")}` : "";
  return [
    `${first.kind} ${first.name} in ${regions} of ${first.project}${row}`,
    ...obstaclesOf(keyed).map((each) => `observed only: ${each}`),
  ];
}

/** Why Terraform is not given a row. */
export function obstaclesOf({ instances }: Keyed): readonly string[] {
  const all = instances.flatMap(({ obstacles, rowElsewhere }) => [
    ...obstacles,
    ...rowElsewhere.map((each) => `another Terraform manages its row: ${each}`),
  ]);
  return [...new Set(all)];
}
