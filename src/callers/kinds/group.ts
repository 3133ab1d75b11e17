import type { CallerKindDefinition } from "../caller-kind.ts";
import { checkNoAccount } from "../check-email.ts";

export const group: CallerKindDefinition<"group"> = {
  kind: "group",
  schema: { description: "The email of a Google group.", $ref: "#/$defs/email", examples: ["oncall@acme.com"] },
  nature: "people",
  origin: "internet",
  describe: (email) => email,
  check: (email) => checkNoAccount(email, "group"),
  token: { way: "person", how: "whoever is signed in to gcloud gets one; the metadata server has none for people" },
};
