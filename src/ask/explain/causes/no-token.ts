import type { Cause } from "../case.ts";
import { wiringHint } from "../wiring-hint.ts";

/** docs: /run/docs/troubleshooting — a call without any token to a service that is not public gets 403, not 401. */
export const noToken: Cause = {
  id: "no-token",
  title: "the call carries no token",
  statuses: [403],
  needs: "nothing",
  find: ({ callee, caller }) =>
    callee.service?.public !== undefined
      ? undefined
      : {
          likelihood: "possible",
          evidence: [
            "a call without a token gets 403, as one without a binding; nothing that was read tells them apart",
          ],
          fix: `look whether the request has an Authorization header${wiringHint(caller)}`,
        },
};
