import { count, enumerateWords } from "../words/enumerate-words.ts";
import type { Keyed } from "./assign-keys.ts";

/** Where a service that was adopted comes from, and why Terraform is not given its row: the comment above it. */
export function describeService({ instances }: Keyed): readonly string[] {
  const [first] = instances;
  const regions = enumerateWords(
    instances.map(({ region }) => region),
    "and",
  );
  const members = count(first.members.length, "member");
  const obstacles = [
    ...first.obstacles,
    ...first.rowElsewhere.map((each) => `another Terraform manages its row: ${each}`),
  ];
  return [
    `${first.kind} ${first.name} in ${regions} of ${first.project}; ${first.role} has ${members}`,
    ...obstacles.map((each) => `observed only: ${each}`),
  ];
}
