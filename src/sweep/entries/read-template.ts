import { decodeBase64 } from "./decode-base64.ts";
import { readYaml } from "../tree/read-yaml.ts";
import type { TextTree } from "../tree/text-tree.ts";
import type { Entry, Frame } from "./entry.ts";
import { readCommands } from "./read-commands.ts";
import { walkTree } from "./walk-tree.ts";

const pair = /^(\s*)(?:- )?["']?([\w./-]+)["']?:\s+(.*)$/;

/** YAML that is none until its template is rendered, or is broken: each line by itself. */
export function readTemplate(frame: Frame): readonly Entry[] {
  const found: Entry[] = [];
  let offset = 0;
  let named = "";
  let isSecret = false;
  let isEncoded = false;
  for (const line of frame.text.split("\n")) {
    if (line.startsWith("---")) isSecret = isEncoded = false;
    if (/^kind:\s*Secret\s*$/.test(line)) isSecret = true;
    if (/^\S/.test(line) && !line.startsWith("{{")) isEncoded = isSecret && line.startsWith("data:");
    const [, , key = "", raw = ""] = pair.exec(line) ?? [];
    const value = raw.trim().replace(/^(["'])(.*)\1(,|\s+#.*)?$/, "$2");
    if (key === "name") named = value;
    const flow = /^[[{].*[\]}],?$/.test(value) && !value.includes("{{") ? readYaml(value.replace(/,$/, "")) : undefined;
    if (flow !== undefined) found.push(...readFlow(flow, frame, offset + line.length - raw.length));
    else if (value !== "" && !value.includes("{{")) {
      const decoded = isEncoded ? decodeBase64(value) : undefined;
      const start = offset + line.length - raw.length;
      found.push({
        name: key === "value" ? named : key,
        meaning: key === "value" ? named : key,
        value: decoded ?? value,
        ...frame.span(start, start + raw.length),
        position: frame.position(start),
        service: frame.service,
        setting: decoded !== undefined ? "secret" : key === "value" ? "env" : "field",
        isDecoded: frame.isDecoded || decoded !== undefined,
      });
    }
    offset += line.length + 1;
  }
  return [...found, ...readCommands(frame)];
}

/** `{ name: value }` in a line that is whole in itself. */
function readFlow(trees: readonly TextTree[], frame: Frame, start: number): readonly Entry[] {
  const inLine: Frame = {
    ...frame,
    span: (from, to) => frame.span(start + from, start + to),
    position: (offset) => frame.position(start + offset),
  };
  return walkTree(trees, inLine, () => []);
}
