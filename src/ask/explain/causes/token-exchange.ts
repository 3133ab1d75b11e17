import type { Cause } from "../case.ts";
import { wiringHint } from "../wiring-hint.ts";

/** docs: /iam/docs/workload-identity-federation; RFC 8693 — three hosts answer, and one of them only is Cloud Run. */
export const tokenExchange: Cause = {
  id: "token-exchange",
  title: "the caller gets no token of its account, and the answer is not Cloud Run's",
  statuses: [400, 401, 403],
  needs: "nothing",
  isAbout: ({ outside }) => outside !== null,
  find({ caller }) {
    const { outside } = caller;
    if (outside === null) return undefined;
    return {
      likelihood: "possible",
      evidence:
        outside.provider === null
          ? [
              "a 403 of the pod's metadata server is IAM's: its Kubernetes account is not annotated with the account, or the account does not let it",
              "that answer is not in the request log of the service",
            ]
          : [
              "400 or 401 from sts.googleapis.com: the token that it shows is expired, for another audience, or of somebody else than the provider takes",
              "403 from iamcredentials.googleapis.com: the account does not let it act as it",
              "neither is in the request log of the service",
            ],
      fix: `look which host answered${wiringHint(caller)}`,
    };
  },
};
