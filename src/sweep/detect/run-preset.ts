import { lintSource } from "@secretlint/core";
import { rules } from "@secretlint/secretlint-rule-preset-recommend";
import type { Hit } from "./hit.ts";
import { isPlaceholder } from "./is-placeholder.ts";
import { isReference } from "./is-reference.ts";
import { privateKeyContent } from "./find-in-text.ts";

/**
 * Rules of the preset that are not asked. gcp reads files from the disk; basicauth and the connection strings report whole
 * addresses, of which the password alone is the credential; comments in a file must not hide what is in it.
 */
const notAsked = ["gcp", "basicauth", "database-connection-string", "filter-comments"].map(
  (name) => `@secretlint/secretlint-rule-${name}`,
);

/** One by one: what the preset is told to leave out, it asks all the same (12.0.0). */
const asked = rules.filter(({ meta }) => !notAsked.includes(meta.id)).map((rule) => ({ id: rule.meta.id, rule }));

/** What the rules call what they find, and what all of it begins with. */
const kinds: Readonly<Record<string, readonly [kind: string, prefix: RegExp]>> = {
  aws: ["AWS secret access key", /^$/],
  slack: ["Slack token or webhook", /^xox[a-z]-|^xapp-|^https:\/\/hooks\.slack\.com\/services\//],
  github: ["GitHub token", /^gh[a-z]_|^github_pat_/],
  gitlab: ["GitLab token", /^glpat-/],
  npm: ["npm token", /^npm_/],
  openai: ["OpenAI key", /^sk-/],
  anthropic: ["Anthropic key", /^sk-ant-/],
  sendgrid: ["SendGrid key", /^SG\./],
  shopify: ["Shopify token", /^shp[a-z]{2}_/],
  "hashicorp-vault": ["Vault token", /^hv[a-z]\./],
  databricks: ["Databricks token", /^dapi/],
  docker: ["Docker token", /^dckr_pat_/],
  grafana: ["Grafana token", /^gl(c|sa)_/],
  huggingface: ["Hugging Face token", /^hf_/],
};

/** What secretlint's recommended preset finds in a text. All of it happens in memory: no file, no network, no settings. */
export async function runPreset(text: string): Promise<readonly Hit[]> {
  const { messages } = await lintSource({
    source: { filePath: "text.txt", ext: ".txt", contentType: "text", content: text },
    options: { noPhysicFilePath: true, config: { rules: asked } },
  });
  // Offsets are those of the text without a byte order mark.
  const shift = text.startsWith("\uFEFF") ? 1 : 0;
  return messages.flatMap(({ ruleId, messageId, range, data }): Hit[] => {
    const { found, start, end } = locate(text, range[0] + shift, range[1] + shift, data);
    const name = ruleId.replace(/^.*secretlint-rule-/, "");
    // An account's number and the id of a key are no secrets.
    if (messageId === "AWSAccountID" || messageId === "AWSAccessKeyID") return [];
    if (name === "privatekey")
      return [{ rule: "private-key", kind: "private key", value: privateKeyContent(found), start, end, prefix: "" }];
    const value = found.replace(/^["'\s]+|["'\s,;]+$/g, "");
    const [kind, prefix] = kinds[name] ?? [`${name} credential`, /^$/];
    const shown = prefix.exec(value)?.[0] ?? "";
    if (value === "" || isReference(value) || isPlaceholder(value.slice(shown.length))) return [];
    return [{ rule: "known-token", kind, value, start, end, prefix: shown }];
  });
}

/** The range of some rules starts at the name before the value; their data holds the value alone. */
function locate(
  text: string,
  start: number,
  end: number,
  data: object | undefined,
): { readonly found: string; readonly start: number; readonly end: number } {
  const value = Object.values(data ?? {}).find((each): each is string => typeof each === "string");
  const at = value === undefined || value === "" ? -1 : text.indexOf(value, start);
  if (value === undefined || at === -1 || at > end) return { found: text.slice(start, end), start, end };
  return { found: value, start: at, end: at + value.length };
}
