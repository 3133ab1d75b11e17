import type { Trust } from "../callers/outside.ts";
import type { Provider } from "../federation/federation.ts";
import { jwksDigest } from "../snapshot/jwks-digest.ts";
import type { ProviderRecord } from "../snapshot/snapshot.ts";
import { compareText } from "../words/compare-text.ts";
import { oneLine } from "../words/brief.ts";

/** How much of a CEL text a sentence quotes. */
const MAX_QUOTED = 300;

/** How a live provider differs from the one that the matrix plans, a clause each; what was not read differs in nothing. */
export function providerDifferences(
  { trust, condition, mapping }: Provider,
  live: ProviderRecord,
  keysOf: (file: string) => string | undefined,
): readonly string[] {
  const found = trustDifferences(trust, live, keysOf);
  if (live.condition === null)
    found.push(`has no condition, so that it takes every token of ${live.issuer ?? "its issuer"}`);
  else if (live.condition !== condition)
    found.push(`has the condition ${quoted(live.condition)} where the matrix has ${quoted(condition)}`);
  return [...found, ...mappingDifferences(mapping, live)];
}

/** The same of whom a provider trusts alone. */
export function trustDifferences(
  trust: Trust,
  { issuer, audiences, jwks }: ProviderRecord,
  keysOf: (file: string) => string | undefined,
): string[] {
  const found: string[] = [];
  const wanted = trust.type === "aws" ? `aws:${trust.account}` : trust.issuer;
  if (issuer !== wanted) found.push(`takes tokens of ${issuer ?? "no such issuer"} where the matrix says ${wanted}`);
  const [declared, keys] = trust.type === "aws" ? [[], undefined] : [trust.audiences, trust.jwks];
  if (audiences !== undefined && inOrder(audiences) !== inOrder(declared))
    found.push(`takes tokens made out to ${named(audiences)} where the matrix says ${named(declared)}`);
  if (jwks === undefined) return found;
  if (keys === undefined) {
    if (jwks !== null) found.push("has keys of its own, where the matrix has it ask the issuer");
    return found;
  }
  const content = keysOf(keys);
  if (jwks === null) found.push(`asks its issuer for keys, where the matrix gives those in ${keys}`);
  else if (content === undefined || jwksDigest(content) !== jwks) found.push(`has other keys than those in ${keys}`);
  return found;
}

function mappingDifferences(planned: Provider["mapping"], { mapping }: ProviderRecord): readonly string[] {
  if (mapping === undefined) return [];
  const names = [...new Set([...planned.keys(), ...Object.keys(mapping)])].sort(compareText);
  return names.flatMap((name) => {
    const wanted = planned.get(name);
    const live = Object.hasOwn(mapping, name) ? mapping[name] : undefined;
    if (wanted === live) return [];
    if (live === undefined) return [`does not map ${name}`];
    if (wanted === undefined) return [`maps ${name} as well, to ${quoted(live)}`];
    return [`maps ${name} to ${quoted(live)} where the matrix has ${quoted(wanted)}`];
  });
}

/** A CEL text as a sentence holds it. */
export function quoted(text: string): string {
  const line = oneLine(text);
  return `\`${line.length > MAX_QUOTED ? `${line.slice(0, MAX_QUOTED)}…` : line}\``;
}

function inOrder(texts: readonly string[]): string {
  return JSON.stringify(texts.toSorted(compareText));
}

function named(audiences: readonly string[]): string {
  return audiences.length === 0 ? "the provider's own name" : audiences.join(", ");
}
