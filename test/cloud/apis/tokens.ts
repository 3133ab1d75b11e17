import { type Api, denied, ok, routes } from "../answer.ts";
import { findAccount } from "../find.ts";

const expireTime = "2099-01-01T00:00:00Z";

/** iamcredentials.googleapis.com v1. docs: the project must be the `-` wildcard. */
export const iamCredentials: Api = routes([
  [
    "POST",
    /^\/v1\/projects\/-\/serviceAccounts\/(?<account>[^/:]+):generateAccessToken$/,
    (call, { account = "" }) =>
      findAccount(call.world, "-", account) === undefined
        ? denied(account)
        : ok({ accessToken: issuedToken(account), expireTime }),
  ],
]);

/** sts.googleapis.com v1: a token of elsewhere for one of Google. */
export const sts: Api = routes([
  [
    "POST",
    /^\/v1\/(oauth)?token$/,
    () =>
      ok({
        access_token: issuedToken("federated"),
        issued_token_type: "urn:ietf:params:oauth:token-type:access_token",
        token_type: "Bearer",
        expires_in: 3599,
      }),
  ],
]);

/** oauth2.googleapis.com: the tokens of a key or a user. */
export const oauth2: Api = routes([
  ["POST", /^\/token$/, () => ok({ access_token: issuedToken("oauth2"), token_type: "Bearer", expires_in: 3599 })],
]);

/** Every token of this cloud starts so: others are refused. */
export const tokenPrefix = "ya29.";

function issuedToken(whom: string): string {
  return `${tokenPrefix}issued-${whom}`;
}
