import type { CallerKindDefinition } from "../caller-kind.ts";
import { checkNoAccount } from "../check-email.ts";

export const user: CallerKindDefinition<"user"> = {
  kind: "user",
  schema: { description: "The email of a person.", $ref: "#/$defs/email", examples: ["ana@acme.com"] },
  nature: "people",
  origin: "internet",
  describe: (email) => email,
  check: (email) => checkNoAccount(email, "person"),
  token: { way: "person", how: "whoever is signed in to gcloud gets one; the metadata server has none for people" },
};
