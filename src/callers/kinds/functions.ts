import type { CallerKindDefinition } from "../caller-kind.ts";
import { mayAttach } from "../hand-needs.ts";
import { emailOf, gcloudIn, nameOr } from "../setting-words.ts";

export const functions: CallerKindDefinition<"functions"> = {
  kind: "functions",
  schema: {
    description: "A function of the first generation.",
    type: "object",
    additionalProperties: false,
    patternProperties: { "^x-": {} },
    properties: {
      project: { $ref: "#/$defs/projectAlias" },
      function: { description: "The function's name.", $ref: "#/$defs/resourceName", examples: ["thumbnails"] },
    },
    examples: [{ function: "thumbnails" }],
  },
  nature: "workload",
  origin: "network",
  describe: ({ function: name }) =>
    name === undefined ? "functions of the first generation" : `the function ${name} of the first generation`,
  token: { way: "metadata", how: "its metadata server gives it; no grant and no key is needed" },
  needs: () => [mayAttach("deploys the function")],
  // docs: /functions/docs/securing/function-identity; cloudfunctions v1 `CloudFunction`
  settings: (caller) => {
    const email = emailOf(caller);
    const name = nameOr(caller.details.function, "FUNCTION");
    return [
      {
        on: caller.details.function === undefined ? "the function" : `the function ${name}`,
        fields: [{ field: "serviceAccountEmail", value: email }],
        command: gcloudIn(caller, "functions deploy", [
          name,
          "--no-gen2",
          "--region",
          "REGION",
          "--service-account",
          email,
        ]),
      },
    ];
  },
};
