import { isForBrowsers, jsonWebToken, knownFormats, privateKeyBlock } from "./known-formats.ts";
import { isPlaceholder } from "./is-placeholder.ts";
import { isReference } from "./is-reference.ts";
import type { Hit } from "./hit.ts";

const address =
  /(?<![\w+.-])([a-z][a-z0-9+.-]{1,30}):\/\/([^\s:@/"'<>`\\]{0,128}):([^\s/"'<>`\\]{1,256})@([^\s/"'<>`?#\\@,]{1,255})/gi;
/** Connection strings and queries: `;Password=…`, `?api_key=…`. */
const parameter =
  /(?<=[?&;])\s*(password|passwd|pwd|token|access_token|auth_token|api_?key|client_secret|secret|sharedaccesskey|sig)=([^&;\s"'<>`\\]{6,512})/gi;

/** Credentials that can be seen in any text, whatever it is. */
export function findInText(text: string): readonly Hit[] {
  return [...findAddresses(text), ...findParameters(text), ...findFormats(text), ...findPrivateKeys(text)];
}

/** Passwords in URIs: of databases, of queues, of services. */
function findAddresses(text: string): readonly Hit[] {
  if (!text.includes("://")) return [];
  return [...text.matchAll(address)].flatMap((match): Hit[] => {
    const [whole, scheme = "", user = "", raw = "", host = ""] = match;
    const value = decode(raw);
    const isKnown = isPlaceholder(value) || isReference(value) || value.length < 4 || value === user;
    if (isKnown || isVariable(raw) || isVariable(user) || /(^|[./@])example\.(com|org|net)\b/i.test(host)) return [];
    const at = match.index + whole.length - host.length - 1 - raw.length;
    return [
      {
        rule: "uri-password",
        kind: `password in a ${scheme.toLowerCase()} URI`,
        value,
        start: at,
        end: at + raw.length,
        prefix: "",
        host,
      },
    ];
  });
}

function findParameters(text: string): readonly Hit[] {
  return [...text.matchAll(parameter)].flatMap((match): Hit[] => {
    const [whole, name = "", raw = ""] = match;
    const value = decode(raw);
    if (isPlaceholder(value) || isReference(value) || isVariable(raw) || !/[\d\W]/.test(value)) return [];
    const at = match.index + whole.length - raw.length;
    return [
      {
        rule: "uri-password",
        kind: `${name.toLowerCase()} in a connection string`,
        value,
        start: at,
        end: at + raw.length,
        prefix: "",
      },
    ];
  });
}

function findFormats(text: string): readonly Hit[] {
  const hits = knownFormats.flatMap(({ kind, pattern, prefix }) =>
    [...text.matchAll(pattern)].map((match): Hit => {
      const value = match[1] ?? match[0];
      const start = match.index + match[0].length - value.length;
      return { rule: "known-token", kind, value, start, end: start + value.length, prefix };
    }),
  );
  const tokens = [...text.matchAll(jsonWebToken)]
    .filter(([token]) => !isForBrowsers(token))
    .map(({ 0: value, index }): Hit => ({
      rule: "known-token",
      kind: "signed token (JWT)",
      value,
      start: index,
      end: index + value.length,
      prefix: "",
    }));
  return [...hits, ...tokens].filter(({ value, prefix }) => !isPlaceholder(value.slice(prefix.length)));
}

function findPrivateKeys(text: string): readonly Hit[] {
  if (!text.includes("PRIVATE KEY")) return [];
  return [...text.matchAll(privateKeyBlock)].flatMap((match): Hit[] => {
    const value = privateKeyContent(match[2] ?? "");
    if (value.length < 64 || new Set(value).size < 20) return [];
    const kind = `${(match[1] ?? "").trim() === "" ? "" : `${(match[1] ?? "").trim()} `}private key`;
    return [{ rule: "private-key", kind, value, start: match.index, end: match.index + match[0].length, prefix: "" }];
  });
}

/** The base64 of a key, the same however its lines are broken. */
export function privateKeyContent(text: string): string {
  return text.replaceAll(/-----[^-]+-----|\\+[nr]|[\s\\]/g, "");
}

function isVariable(text: string): boolean {
  return /[{}$%]\w*[({]|^\$|\$\{|\{\{|^%[A-Z_]+%|^\{.*\}$|^:|\(\w*\)/.test(text) && !/^%[0-9A-F]{2}/i.test(text);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
