import { calleeKinds } from "../../../callees/registry.ts";
import type { Cause } from "../case.ts";
import { wiringHint } from "../wiring-hint.ts";

/** docs: /run/docs/troubleshooting — an access token, a malformed, expired or doubled one gets 401. */
export const wrongToken: Cause = {
  id: "wrong-token",
  title: "the token is of the wrong kind, or expired",
  statuses: [401],
  needs: "nothing",
  find: ({ callee, caller }) =>
    calleeKinds[callee.kind].credential === "access-token"
      ? {
          likelihood: "possible",
          evidence: [`a ${callee.kind} is run through Google's API, which takes an access token and no ID token`],
          fix: "send an access token: gcloud auth print-access-token, or the OAuth token of Cloud Scheduler",
        }
      : {
          likelihood: "possible",
          evidence: [
            "Cloud Run takes an ID token, no access token, in one Authorization header; it is good for an hour",
            "nothing that was read says what the caller sends",
          ],
          fix: `look at the token that is sent${wiringHint(caller)}`,
        },
};
