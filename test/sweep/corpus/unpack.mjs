// Unpacks the corpus of sweep. Each .txt file in a folder beside this one holds several files, each behind `=== path`. A value in them
// is marked: [[+kind.size label]] is a credential, [[-kind.size label]] only looks like one, [[=kind.size label]] belongs
// to the value before it. The values are made here, from their labels: none stands in the repository, so that no scanner
// takes the corpus for a leak, and the same label is the same value in every file.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const marking = /\[\[([+=-])(?:(enc|escjson) )?(\w+)(?:\.(\d+))?(?: (.*?))?\]\](?!\])/g;

const alphabets = {
  b62: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
  hex: "0123456789abcdef",
  lower: "abcdefghijklmnopqrstuvwxyz0123456789",
  upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
};

function bytes(label, size) {
  const blocks = [];
  for (let block = 0; blocks.length * 64 < size; block++)
    blocks.push(createHash("sha512").update(`corpus ${label} ${block}`).digest());
  return Buffer.concat(blocks).subarray(0, size);
}

function pem(title, content) {
  const lines = content.match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${title}-----`, ...lines, `-----END ${title}-----`].join("\n");
}

const privateKey = (label) => pem(["PRIVATE", "KEY"].join(" "), `MIIE${bytes(`pem ${label}`, 400).toString("base64")}`);

function accountKey(label) {
  const email = `${label}@acme-prod.iam.gserviceaccount.com`;
  return JSON.stringify(
    {
      type: "service_account",
      project_id: "acme-prod",
      private_key_id: generate("hex", 40, `id ${label}`),
      private_key: `${privateKey(label)}\n`,
      client_email: email,
      token_uri: "https://oauth2.googleapis.com/token",
    },
    null,
    2,
  );
}

/** A value that is always the same for the same label. */
export function generate(kind, size, label) {
  const alphabet = alphabets[kind];
  if (alphabet !== undefined)
    return Array.from(bytes(`${kind} ${label}`, size), (byte) => alphabet[byte % alphabet.length]).join("");
  const random = (wanted) => generate("b62", wanted, `${kind} ${label}`);
  switch (kind) {
    case "raw":
      return label;
    case "b64":
      return bytes(`b64 ${label}`, size).toString("base64");
    case "b64u":
      return bytes(`b64u ${label}`, size).toString("base64url");
    case "uuid":
      return bytes(`uuid ${label}`, 16)
        .toString("hex")
        .replace(/^(.{8})(.{4}).(.{3}).(.{3})/, "$1-$2-4$3-8$4-");
    case "cert":
      return pem("CERTIFICATE", `MIID${bytes(`cert ${label}`, 300).toString("base64")}`);
    case "pem":
      return privateKey(label);
    case "sshpem":
      return pem(
        ["OPENSSH", "PRIVATE", "KEY"].join(" "),
        `b3BlbnNzaC1rZXktdjEA${bytes(label, 240).toString("base64")}`,
      );
    case "sajson":
      return accountKey(label);
    case "dockerconfig":
      return JSON.stringify({ auths: { "eu.gcr.io": { auth: Buffer.from(`ci:${random(size)}`).toString("base64") } } });
    case "userpass":
      return `ci:${random(size)}`;
    case "yamlpassword":
      return `host: db\npassword: ${random(size)}\n`;
    default:
      throw new Error(`the corpus knows no ${kind}`);
  }
}

function encode(encoding, value) {
  if (encoding === "enc") return Buffer.from(value).toString("base64");
  return encoding === "escjson" ? JSON.stringify(value).slice(1, -1) : value;
}

/** What of a value is secret in itself. */
function partsOf(kind, size, label, value) {
  if (kind === "dockerconfig" || kind === "userpass" || kind === "yamlpassword")
    return [generate("b62", size, `${kind} ${label}`)];
  return kind === "sajson" || kind.endsWith("pem") ? (value.match(/[A-Za-z0-9+/]{40,64}/g) ?? []).slice(1) : [value];
}

export function unpackCorpus(texts) {
  const files = new Map();
  const marks = [];
  const secrets = new Set();
  for (const section of texts.join("").split(/^=== /m).slice(1)) {
    const [, file, body] = /^(.*)\n([^]*)$/.exec(section);
    const lines = [];
    for (const written of body.split("\n")) {
      let line = "";
      let end = 0;
      for (const match of written.matchAll(marking)) {
        const [whole, sign, encoding, kind, size = "0", label = ""] = match;
        const bare = generate(kind, Number(size), label);
        const indent = /^\s*/.exec(written)[0];
        const value = encode(encoding, bare).replaceAll("\n", `\n${indent}`);
        line += written.slice(end, match.index) + value;
        end = match.index + whole.length;
        if (sign === "=") continue;
        const at = lines.length + 1;
        const endLine = at + value.split("\n").length - 1;
        marks.push({ file, line: at, endLine, isSecret: sign === "+", value, written: written.trim() });
        if (sign === "+") for (const part of [value, ...partsOf(kind, Number(size), label, bare)]) secrets.add(part);
      }
      lines.push(...(line + written.slice(end)).split("\n"));
    }
    files.set(file, lines.join("\n"));
  }
  return { files, marks, secrets: [...secrets] };
}

/**
 * @param part `first`, which the rules were made with; `held-out`, which was written afterwards, and whose misses were then
 * mended; or `blind`, for which nothing was ever changed: it says what to expect of other files
 */
export function readCorpus(part) {
  const folder = fileURLToPath(new URL(`${part}/`, import.meta.url));
  const names = readdirSync(folder).filter((name) => name.endsWith(".txt"));
  return unpackCorpus(names.sort().map((name) => readFileSync(folder + name, "utf8")));
}

/**
 * Holds what was found against the marks: each marked credential is found by one place on its lines, or missed; whatever
 * else is found is wrong. Places are `{ file, line, credential }`.
 */
export function scoreCorpus({ marks }, places) {
  const left = new Map();
  for (const { file, line, credential } of places) left.set(JSON.stringify([file, line, credential]), { file, line });
  const missed = [];
  let found = 0;
  for (const mark of marks.filter(({ isSecret }) => isSecret)) {
    const hit = [...left].find(([, { file, line }]) => file === mark.file && line >= mark.line && line <= mark.endLine);
    if (hit === undefined) missed.push(mark);
    else {
      found++;
      left.delete(hit[0]);
    }
  }
  const wrong = [...left.values()];
  return { found, missed, wrong, precision: found / (found + wrong.length), recall: found / (found + missed.length) };
}
