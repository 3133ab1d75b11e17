import { shellCommand } from "../../../shell/quote-shell.ts";
import type { Cause } from "../case.ts";

/** docs: /iam/docs/service-accounts-disable-enable — a disabled account can no longer authenticate. */
export const accountDisabled: Cause = {
  id: "account-disabled",
  title: "the caller's account is disabled",
  statuses: [401, 403],
  needs: "live",
  find({ caller: { email }, live }) {
    if (email === undefined || live?.view.accountState(email) !== "disabled") return undefined;
    return {
      likelihood: "certain",
      evidence: [`${email} was disabled when the snapshot was read`],
      fix: `find out who disabled it and why; then: ${shellCommand(["gcloud", "iam", "service-accounts", "enable", email])}`,
    };
  },
};
