import type { OtherAccount } from "../../ask/answers.ts";

/** That it is another account than its own that may call. */
export function otherAccountLine({ principal, isPrevious, declared, declaredMay }: OtherAccount): string {
  const what = isPrevious ? "its previous account" : "the account that it was seen to run as";
  const own = declaredMay === "no" ? "holds no grant that lets it call" : "holds no grant that surely lets it call";
  return `only as ${principal}, ${what}: ${declared}, which the matrix gives it now, ${own}`;
}
