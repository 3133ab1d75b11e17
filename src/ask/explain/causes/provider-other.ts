import type { Cause } from "../case.ts";

/** docs: /iam/docs/workload-identity-federation, attribute conditions and mappings */
export const providerOther: Cause = {
  id: "provider-other",
  title: "the caller's provider takes other tokens than the matrix says",
  statuses: [400, 401, 403],
  needs: "live",
  isAbout: ({ outside }) => outside !== null && outside.provider !== null,
  find({ caller: { outside } }) {
    const lacks = (outside?.lacks ?? []).filter(({ kind }) => kind === "differs");
    const [first] = lacks;
    if (first === undefined) return undefined;
    return {
      likelihood: "likely",
      evidence: [
        ...lacks.map(({ message }) => message),
        "where its condition, issuer or audience is another, sts.googleapis.com refuses the token (400 or 401)",
        "where its mapping is another, the token passes, and iamcredentials.googleapis.com answers 403",
      ],
      fix: first.fix,
    };
  },
};
