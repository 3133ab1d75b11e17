import type { Cause } from "../case.ts";

/** Nobody gets a token of an account that does not exist. */
export const accountMissing: Cause = {
  id: "account-missing",
  title: "the caller's account does not exist",
  statuses: [401, 403],
  needs: "live",
  find({ caller: { email, service, other }, live }) {
    if (email === undefined || live?.view.accountState(email) !== "missing") return undefined;
    const account = service?.account ?? other?.account;
    return {
      likelihood: "certain",
      evidence: [`${email} did not exist when the snapshot was read`],
      fix:
        account?.source === "project" && account.manage !== "reference"
          ? "apply what matrix synth writes"
          : "make the account, or correct its email in the matrix",
    };
  },
};
