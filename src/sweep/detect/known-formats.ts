/** A credential that its form gives away. */
export interface KnownFormat {
  readonly kind: string;
  /** The first group is the credential, where there is one. */
  readonly pattern: RegExp;
  /** What every one of them begins with: it is public, and may be shown. */
  readonly prefix: string;
}

/** What secretlint's preset does not know. Sources: the providers' pages about their tokens, and GitHub's about secret scanning. */
export const knownFormats: readonly KnownFormat[] = [
  { kind: "Google API key", pattern: /(?<![\w-])AIza[\w-]{35}(?![\w-])/g, prefix: "AIza" },
  { kind: "Google OAuth client secret", pattern: /(?<![\w-])GOCSPX-[\w-]{28}(?![\w-])/g, prefix: "GOCSPX-" },
  { kind: "Google OAuth refresh token", pattern: /(?<![\w/-])1\/\/[\w-]{40,200}(?![\w-])/g, prefix: "1//" },
  { kind: "Stripe live key", pattern: /(?<![\w-])sk_live_[A-Za-z0-9]{16,120}(?!\w)/g, prefix: "sk_live_" },
  { kind: "Stripe restricted key", pattern: /(?<![\w-])rk_live_[A-Za-z0-9]{16,120}(?!\w)/g, prefix: "rk_live_" },
  { kind: "Stripe test key", pattern: /(?<![\w-])sk_test_[A-Za-z0-9]{16,120}(?!\w)/g, prefix: "sk_test_" },
  { kind: "webhook signing secret", pattern: /(?<![\w-])whsec_[A-Za-z0-9+/=]{24,100}(?!\w)/g, prefix: "whsec_" },
  { kind: "Twilio key", pattern: /(?<!\w)SK[0-9a-f]{32}(?!\w)/g, prefix: "SK" },
  { kind: "Mailgun key", pattern: /(?<![\w-])key-[0-9a-f]{32}(?!\w)/g, prefix: "key-" },
  { kind: "Telegram bot token", pattern: /(?<!\w)\d{8,10}:AA[\w-]{33}(?!\w)/g, prefix: "" },
  { kind: "DigitalOcean token", pattern: /(?<!\w)do[opr]_v1_[0-9a-f]{64}(?!\w)/g, prefix: "do" },
  { kind: "PyPI token", pattern: /(?<![\w-])pypi-AgEI[\w-]{50,250}/g, prefix: "pypi-" },
  { kind: "Square token", pattern: /(?<![\w-])sq0[a-z]{3}-[\w-]{22,60}(?![\w-])/g, prefix: "sq0" },
  { kind: "New Relic key", pattern: /(?<!\w)NRAK-[A-Z0-9]{27}(?!\w)/g, prefix: "NRAK-" },
  { kind: "age key", pattern: /AGE-SECRET-KEY-1[0-9A-Z]{58}/g, prefix: "AGE-" },
  { kind: "Azure storage key", pattern: /AccountKey=([A-Za-z0-9+/]{86}==)/g, prefix: "" },
];

/** A token that somebody signed. What its header and payload say can be read, so nothing of it is a public prefix. */
export const jsonWebToken = /(?<![\w.-])eyJ[\w-]{10,1000}\.eyJ[\w-]{10,4000}\.[\w-]{20,1000}(?![\w-])/g;

/** Whether a token is meant for browsers: Supabase calls such a role anon. */
export function isForBrowsers(token: string): boolean {
  const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
  return /"role"\s*:\s*"anon"/.test(payload);
}

/** Private keys, also with escaped line breaks. Its content is compared without them. */
export const privateKeyBlock =
  /-----BEGIN ((?:[A-Z0-9]+ ){0,3})PRIVATE KEY(?: BLOCK)?-----([A-Za-z0-9+/=\s\\:,-]{64,20000}?)-----END (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
