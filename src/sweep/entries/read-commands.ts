import type { Entry, Frame } from "./entry.ts";

const word = String.raw`("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^\s"'` + "`" + String.raw`;|&<>]+)`;

/** What commands are given: variables, flags, literals, headers. The first group is the name, the second the value. */
const patterns: readonly RegExp[] = [
  // NAME=value, also behind export, -e, --set-env-vars and --from-literal, also several with commas.
  new RegExp(String.raw`(?<![\w$./-])([A-Za-z_][\w.-]{0,99})=` + word, "g"),
  new RegExp(String.raw`(?<![\w-])--?([a-z][\w.-]{1,60}?)[= ](?!-)` + word, "g"),
  new RegExp(String.raw`^[^\S\n]*ENV\s+([A-Za-z_]\w*)[^\S\n]+` + word, "gm"),
  /\b(Authorization|X-Api-Key|X-Auth-Token|Private-Token)["']?\s*[:=]?\s*["']?((?:Bearer|Basic|Token)?\s*[^\s"'`;,<>]{6,})/gi,
  /(?<![\w-])(-u|--user)[= ]["']?([^\s"':]+:[^\s"'@]+)/g,
  // host:port:database:user:password, as in .pgpass.
  /^(?!#)([\w.*-]+:(?:\d+|\*):[\w.*-]+:[\w.*-]+):([^\s:]{6,})$/gm,
  /\b(password)\s+([^\s"'`;|&<>]{6,})[^\S\n]*$/gm,
];

/** What the lines of a script or the arguments of a command set. */
export function readCommands(frame: Frame): readonly Entry[] {
  const { text } = frame;
  if (text.length < 8) return [];
  const found: Entry[] = [];
  for (const pattern of patterns) {
    for (const match of text.matchAll(pattern)) {
      const [whole, name = "", raw = ""] = match;
      const start = match.index + whole.length - raw.length;
      for (const { key, value } of split(name, unquote(raw))) {
        found.push({
          name: key.includes(":") ? "password" : key,
          meaning: key === "-u" || key === "--user" ? "basic auth" : key.includes(":") ? "password" : key,
          value,
          ...frame.span(start, start + raw.length),
          position: frame.position(start),
          service: frame.service,
          setting: /^[A-Z][A-Z0-9_]*$/.test(key) ? "env" : "field",
          isDecoded: frame.isDecoded,
        });
      }
    }
  }
  return found;
}

/** `--set-env-vars A=b,C=d` sets two, and `--set a.b=c` one. */
function split(name: string, value: string): readonly { readonly key: string; readonly value: string }[] {
  const parts = /^[A-Za-z_][\w.-]*=/.test(value) ? value.split(/,(?=[A-Za-z_][\w.-]*=)/) : [];
  if (parts.length > 0)
    return parts.map((part) => {
      const [key = "", rest = ""] = part.split(/=(.*)/s);
      return { key, value: rest };
    });
  const [first = "", ...more] = value.split(/,(?=[A-Za-z_][\w.-]*=)/);
  const others = more.flatMap((part) => {
    const [key = "", rest = ""] = part.split(/=(.*)/s);
    return [{ key, value: rest }];
  });
  return [{ key: name, value: first }, ...others].filter((each) => each.value !== "");
}

function unquote(raw: string): string {
  return /^(["']).*\1$/s.test(raw) ? raw.slice(1, -1) : raw;
}
