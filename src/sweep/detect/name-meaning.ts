/** What a name says of its value: a password a person may have chosen, a key that signs, another secret, perhaps one. */
export type NameMeaning = "password" | "signing" | "secret" | "maybe" | "public" | "nothing";

const passwords = new Set(["password", "passwd", "passphrase", "pwd", "pass", "pgpassword", "passcode"]);
const secrets = new Set([
  "secret",
  "token",
  "apikey",
  "credential",
  "credentials",
  "secrets",
  "tokens",
  "pat",
  "accesskey",
  "authtoken",
  "webhooksecret",
]);
const signing = new Set([
  "hmac",
  "jwt",
  "signing",
  "signature",
  "session",
  "cookie",
  "csrf",
  "sign",
  "jws",
  "hs256",
  "hs512",
  "nextauth",
]);
const keyOwners = new Set(
  "api access secret private encryption master account auth shared service storage client app decryption encrypt aes function functions admin license signing subscription integration partner deploy internal base".split(
    " ",
  ),
);
const publicOwners = new Set(
  "public publishable site cache primary partition sort foreign object idempotency host group routing row column index config hash search sorting dedup etag kms crypto verification known recaptcha ssh".split(
    " ",
  ),
);
/** What ends a name and says nothing about it. */
const idle =
  /^(value|values|plain|plaintext|data|b64|base64|hex|raw|old|new|current|previous|prev|next|primary|secondary|backup|prod|production|staging|stage|dev|live|default|fallback|result|v?\d+|str|string)$/;
/** Settings of tokens and secrets that hold none: `existingSecret`, `secretRef`, `max_tokens`. */
const about =
  /^(existing|image|pull|tls|max|min|num|count|total|use|has|is|enable|enabled|require|required|tokenizer|feature|forgot|reset|show|hide)$/;

const digests = new Set(["checksum", "digest", "sha256", "sha1", "md5", "integrity"]);

/** The words of a name: `billingApiKey`, `BILLING_API_KEY` and `billing.api-key` are the same. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

export function meaningOf(name: string): NameMeaning {
  const all = wordsOf(name);
  const words = [...all];
  while (words.length > 1 && idle.test(words.at(-1) ?? "")) words.pop();
  const last = words.at(-1) ?? "";
  const before = words.at(-2) ?? "";
  if (words.slice(0, -1).some((word) => about.test(word))) return "nothing";
  if (words.some((word) => digests.has(word))) return "public";
  if (publicOwners.has(before) && last === "key") return "public";
  const isSigning = words.some((word) => signing.has(word));
  if (passwords.has(last)) return "password";
  if (secrets.has(last) || /(password|secret|token|apikey)$/.test(last))
    return isSigning && last !== "token" ? "signing" : last.endsWith("password") ? "password" : "secret";
  if (last === "hmac" || last === "pepper") return "signing";
  if (last === "key" || last === "keys") {
    if (isSigning) return "signing";
    return keyOwners.has(before) ? "secret" : words.length > 1 ? "maybe" : "nothing";
  }
  if (last === "base" && before === "key" && words.includes("secret")) return "signing";
  if (last === "salt") return words.length === 1 || before === "hash" || isSigning ? "maybe" : "nothing";
  if (["auth", "basicauth", "authn", "cookie"].includes(last)) return "maybe";
  if (last === "authorization") return "secret";
  if (
    [
      "dsn",
      "id",
      "sha",
      "digest",
      "checksum",
      "commit",
      "version",
      "revision",
      "fingerprint",
      "nonce",
      "etag",
      "hash",
      "uid",
      "image",
      "tag",
      "cert",
      "crt",
      "certificate",
      "username",
      "user",
      "host",
      "email",
      "url",
      "uri",
    ].includes(last)
  )
    return "public";
  return "nothing";
}
