import { briefText } from "../words/brief.ts";
import type { DetailProblem } from "./caller-kind.ts";

/** A branch or tag that is written as git keeps it, with its folder: the claim would have that folder twice. */
export function checkRef(details: { readonly branch?: string; readonly tag?: string }): readonly DetailProblem[] {
  return (["branch", "tag"] as const).flatMap((field): readonly DetailProblem[] => {
    const name = /^refs\/(?:heads|tags)\/(.+)$/.exec(details[field] ?? "")?.[1];
    return name === undefined
      ? []
      : [
          {
            field,
            problem: "limit",
            message: `has the ${field} ${briefText(details[field] ?? "")}, and a ${field} is written without its folder: nobody would be admitted`,
            help: `write ${briefText(name)}`,
          },
        ];
  });
}
