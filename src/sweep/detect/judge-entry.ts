import type { Entry } from "../entries/entry.ts";
import type { SweepRule } from "../sweep-rules.ts";
import { privateKeyContent } from "./find-in-text.ts";
import { isPlaceholder } from "./is-placeholder.ts";
import { defaultIn, isReference } from "./is-reference.ts";
import { type NameMeaning, meaningOf, wordsOf } from "./name-meaning.ts";
import { hasPlainShape, isSurelyRandom, isWords, looksRandom } from "./randomness.ts";

/** A value that its name, or where it stands, makes a credential. */
export interface Judged {
  readonly rule: SweepRule;
  readonly kind: string;
  readonly value: string;
}

const kinds: Readonly<Partial<Record<NameMeaning, readonly [SweepRule, string]>>> = {
  password: ["named-secret", "password"],
  secret: ["named-secret", "secret value"],
  maybe: ["named-secret", "random value"],
  signing: ["signing-key", "signing key"],
};

/** What an entry holds by its name; undefined for what is no credential, as far as its name and form tell. */
export function judgeEntry(entry: Entry): Judged | undefined {
  if (entry.setting === "account-key") {
    const value = privateKeyContent(entry.value);
    return value.length < 64 ? undefined : { rule: "service-account-key", kind: "key of a service account", value };
  }
  const whole = entry.value.trim();
  const value = bareValue(defaultIn(whole) ?? whole);
  if (value.length > 4096 || isReference(value) || isPlaceholder(value) || value.includes("-----BEGIN"))
    return undefined;
  // Values in there are entries of their own.
  if (/^[[{][^]*[\]}]$/.test(value)) return undefined;
  const meaning = meaningOf(entry.meaning);
  if (meaning === "public" || isNameItself(value, entry)) return undefined;
  const [rule, kind] = kinds[meaning] ?? [];
  if (rule !== undefined && kind !== undefined && fits(value, meaning))
    return { rule, kind, value: secretOf(value, entry) };
  if (entry.setting === "secret" && isSecretText(value))
    return { rule: "kubernetes-secret", kind: "value of a Secret", value };
  return undefined;
}

/** Without the scheme of an Authorization header. */
function bareValue(value: string): string {
  return value.replace(/^["']|["']$/g, "").replace(/^(Bearer|Token|Basic)\s+/i, "");
}

/** Of `user:password`, the password. */
function secretOf(value: string, { meaning }: Entry): string {
  if (!/auth/i.test(meaning)) return value;
  return /^[^\s:/]+:([^\s/]{6,})$/.exec(value)?.[1] ?? value;
}

/** Whether a value can be what its name says. */
function fits(value: string, meaning: NameMeaning): boolean {
  if (meaning === "maybe")
    return isSurelyRandom(secretPart(value)) || (/^[\w.-]+:[^\s:/@]{8,}$/.test(value) && isPassword(secretPart(value)));
  if (/\s/.test(value) && (isWords(value) || value.length > 200)) return false;
  if (meaning === "password") return isPassword(value);
  return value.length >= 8 && (looksRandom(value) || isLeet(value));
}

function secretPart(value: string): string {
  return value.replace(/^[^\s:/]+:/, "");
}

/** What a person may have chosen: letters with digits or signs among them, and no path, address or name. */
function isPassword(value: string): boolean {
  if (value.length < 6 || value.length > 256) return false;
  if (/^\d+$/.test(value)) return value.length >= 6;
  if (looksRandom(value)) return true;
  if (hasPlainShape(value) || !/[A-Za-z]/.test(value) || /^[\w-]+\.(txt|json|ya?ml|key|pem)$/.test(value)) return false;
  return (
    /\d/.test(value) ||
    /[^\w\s./:-]/.test(value) ||
    (/[a-z][A-Z]|[A-Z]{2}/.test(value) && !/^[A-Z_]+$/.test(value) && /[^A-Za-z]/.test(value))
  );
}

/** Words with digits for letters, as people write keys. */
function isLeet(value: string): boolean {
  return value.length >= 12 && /[a-z]\d[a-z]/i.test(value) && !hasPlainShape(value);
}

/** Values of Secrets that are none, by what they look like: names, addresses, certificates, switches. */
function isSecretText(value: string): boolean {
  if (/\s/.test(value) || value.length > 1024) return false;
  return looksRandom(value) || (isPassword(value) && !/^[a-z0-9_-]+$/.test(value));
}

/** `password: db-password`: a reference by name. */
function isNameItself(value: string, { meaning }: Entry): boolean {
  const words = wordsOf(value);
  if (!/^[a-z][a-z0-9]*([-_./][a-z0-9]+)*$/i.test(value) || words.some((word) => /\d/.test(word) && word.length > 3))
    return false;
  const named = new Set([...wordsOf(meaning), "password", "secret", "token", "key", "credentials"]);
  return words.length > 1 && words.length < 6 && words.some((word) => named.has(word)) && isWords(value);
}
