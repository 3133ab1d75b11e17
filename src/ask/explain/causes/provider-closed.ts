import type { Cause } from "../case.ts";

/** docs: /iam/docs/manage-workload-identity-pools-providers — one that is off, or deleted, takes no token. */
export const providerClosed: Cause = {
  id: "provider-closed",
  title: "the pool or the provider of the caller is off or missing",
  statuses: [400],
  needs: "live",
  isAbout: ({ outside }) => outside !== null && outside.provider !== null,
  find({ caller: { outside } }) {
    const lacks = (outside?.lacks ?? []).filter(({ kind }) => kind === "provider");
    const [first] = lacks;
    if (first === undefined) return undefined;
    return {
      likelihood: "certain",
      evidence: [
        ...lacks.map(({ message }) => message),
        "sts.googleapis.com answers 400 (invalid_target) to the exchange: the call never comes to Cloud Run",
      ],
      fix: first.fix,
    };
  },
};
