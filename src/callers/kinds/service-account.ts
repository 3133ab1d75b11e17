import type { CallerKindDefinition } from "../caller-kind.ts";
import { checkAccount } from "../check-email.ts";

export const serviceAccount: CallerKindDefinition<"serviceAccount"> = {
  kind: "serviceAccount",
  schema: {
    description: "The email of a service account.",
    $ref: "#/$defs/email",
    examples: ["nightly@acme-batch.iam.gserviceaccount.com"],
  },
  nature: "account",
  origin: "network",
  describe: (email) => email,
  check: checkAccount,
  token: {
    way: "impersonation",
    how: "a workload that runs as the account asks its metadata server; others need roles/iam.serviceAccountOpenIdTokenCreator on the account, and impersonate it",
  },
};
