/**
 * How a caller comes by a token. metadata: from the metadata server of what it runs on. person: from gcloud.
 * impersonation: as an account that somebody else runs as. setting: a product of Google makes the token, as it is set
 * up. federation: it shows a token of another issuer, and acts as its account.
 */
export type TokenWay = "metadata" | "person" | "impersonation" | "setting" | "federation";
