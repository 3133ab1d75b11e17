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

/**
 * A tag or an environment alone: neither says which code runs, but for rules of the platform that a matrix cannot see.
 * docs.github.com: Managing environments for deployment, Managing rulesets; docs.gitlab.com: protected environments, tags
 */
export function softPlace(
  { tag, environment }: { readonly tag: string | undefined; readonly environment: string | undefined },
  repository: string,
  platform: string,
): readonly DetailProblem[] {
  if ((tag === undefined) === (environment === undefined)) return [];
  return [
    tag === undefined
      ? {
          field: "environment",
          problem: "wide",
          message: `admits whatever runs in the environment ${briefText(environment ?? "")} of ${repository}: every branch may, where ${platform} does not protect it`,
          help: `add branch, or protect the environment at ${platform} and accept this with an exception that says so`,
        }
      : {
          field: "tag",
          problem: "wide",
          message: `admits whatever the tag ${briefText(tag)} of ${repository} is put on: everybody who can push may, where ${platform} does not protect it`,
          help: `add environment, or protect the tag at ${platform} and accept this with an exception that says so`,
        },
  ];
}
