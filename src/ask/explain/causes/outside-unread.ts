import { enumerateWords } from "../../../words/enumerate-words.ts";
import type { Cause } from "../case.ts";

/** Half of the way of a caller from outside is not at Cloud Run. */
export const outsideUnread: Cause = {
  id: "outside-unread",
  title: "whether the caller can act as its account was not read",
  statuses: [400, 401, 403],
  needs: "live",
  isAbout: ({ outside }) => outside !== null,
  find({ caller: { outside } }) {
    if (outside === null || outside.unread.length === 0) return undefined;
    return {
      likelihood: outside.answer === "unknown" ? "likely" : "possible",
      evidence: outside.unread.map(({ what, resource, reason }) => `${what} of ${resource}: ${reason}`),
      fix: `read it with more rights, ${enumerateWords(
        outside.provider === null
          ? ["iam.serviceAccounts.getIamPolicy"]
          : [
              "iam.serviceAccounts.getIamPolicy",
              "iam.workloadIdentityPools.list",
              "iam.workloadIdentityPoolProviders.list",
            ],
        "and",
      )} among them: matrix snapshot says which are lacking`,
    };
  },
};
