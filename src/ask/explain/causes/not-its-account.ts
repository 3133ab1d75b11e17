import type { Cause } from "../case.ts";

/** docs: /iam/docs/workload-identity-federation-with-other-clouds — whoever acts as an account needs a grant on it. */
export const notItsAccount: Cause = {
  id: "not-its-account",
  title: "the caller is not permitted to act as its account",
  statuses: [403],
  needs: "live",
  isAbout: ({ outside }) => outside !== null,
  find({ caller: { outside } }) {
    const lacks = (outside?.lacks ?? []).filter(({ kind }) => kind === "grant");
    const [first] = lacks;
    if (outside === null || first === undefined) return undefined;
    const where =
      outside.provider === null
        ? "the metadata server of the pod hands on what IAM answers"
        : "iamcredentials.googleapis.com answers 403 to generateIdToken";
    return {
      likelihood: first.isSure ? "certain" : "likely",
      evidence: [
        ...lacks.map(({ message }) => `of ${outside.account}: ${message}`),
        `${where}: the call never comes to Cloud Run`,
      ],
      fix: first.fix,
    };
  },
};
