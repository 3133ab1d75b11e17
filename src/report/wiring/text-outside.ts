import { shellCommand } from "../../shell/quote-shell.ts";
import type { WiredCaller, WiredNeed, WiredOutside, WiredProvider, WiredSetting } from "../../wiring/wiring-report.ts";

type Fact = readonly [name: string, saying: string];

/** Who acts as the account of a caller, how its token comes to Google, and what else is to be granted and set. */
export function outsideFacts(
  { key, description, outside, needs, settings }: WiredCaller,
  repeat: readonly string[],
): readonly Fact[] {
  return [
    ...(outside === null
      ? []
      : [
          ["outside", outsideLine(outside, description)] as const,
          ...(outside.provider === null
            ? [["note", "every cluster of that project with this namespace and account is admitted"] as const]
            : providerFacts(outside.provider, [key, ...repeat])),
        ]),
    ...needs.map(needFact),
    ...settings.flatMap(settingFacts),
  ];
}

function outsideLine({ member, role, provider }: WiredOutside, description: string | null): string {
  const grant = `may act as it: ${role} on it, by matrix synth`;
  return member === null
    ? `${description} ${grant}; its name holds the number of ${provider?.project}, which is not known: add it to the matrix, or give a --snapshot`
    : `${member} ${grant}`;
}

function providerFacts(provider: WiredProvider, words: readonly string[]): readonly Fact[] {
  const { project, pool, id, name, origin, disabled, issuer, audience, tokenFile, note, fetch, credentials } = provider;
  const made = origin === "made" ? "by matrix synth" : "there before";
  return [
    [
      "provider",
      `${name ?? `${id} of the pool ${pool} in ${project}`}, ${made}${disabled ? ", disabled while no edge holds" : ""}`,
    ],
    ...(issuer === null
      ? []
      : [
          [
            "shows",
            `a token of ${issuer}${audience === null ? "" : ` for the audience ${audience}`}, from ${tokenFile}`,
          ] as const,
        ]),
    ...(note === null ? [] : [["note", note] as const]),
    ...fetch.map((line): Fact => ["fetch", line]),
    ...(credentials === null
      ? []
      : [
          [
            "sign in",
            `${shellCommand(["matrix", "wiring", ...words, "--credentials", "FILE"])} writes what libraries read; gcloud auth login --cred-file FILE`,
          ] as const,
        ]),
  ];
}

function needFact({ by, role, member, on, when, command }: WiredNeed): Fact {
  return by === "synth" || command === null
    ? ["needs", `${role} for ${member} on ${on}, by matrix synth: ${when}`]
    : ["needs", `${role}, ${when}: ${command}`];
}

/** What to set, and below it the command that sets it. */
export function settingFacts({ on, fields, command }: WiredSetting): readonly Fact[] {
  const values = fields.map(({ field, value }) => `${field} = ${value}`).join("; ");
  return [["set", `${on}: ${values}`], ...(command === null ? [] : [["by", command] as const])];
}
