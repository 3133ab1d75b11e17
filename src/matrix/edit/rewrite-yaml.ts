import type { Node } from "yaml";
import { composeYaml } from "../text/compose-yaml.ts";
import { nodeToData } from "../text/node-to-data.ts";
import type { Data, DataPath } from "../text/parsed-file.ts";
import { applyEdits } from "./apply-edits.ts";
import { equalData } from "./equal-data.ts";
import { NodeRewriter } from "./rewrite-node.ts";
import { TextLayout } from "./text-layout.ts";
import { type Style, writeBlock } from "./write-value.ts";

interface Options {
  /** Comment lines, without `# `, to put above the new pair or list item at a path. */
  readonly commentsAt?: (path: DataPath) => readonly string[];
}

const BYTE_ORDER_MARK = "\ufeff";

/**
 * A text of YAML, changed as little as makes it hold other data. What need not change stays as it is, byte by byte.
 * @param text right YAML, or nothing but comments
 * @throws Error where the text is not right YAML, or the data is none that a matrix can hold
 */
export function rewriteYaml(text: string, after: Data, { commentsAt = () => [] }: Options = {}): string {
  if (text.startsWith(BYTE_ORDER_MARK)) return BYTE_ORDER_MARK + rewriteYaml(text.slice(1), after, { commentsAt });
  const document = read(text);
  if (equalData(document.data, after)) return text;
  if (document.root === null) return fill(text, after, { isJson: false, commentsAt });
  const isEnded = text.endsWith("\n");
  const layout = new TextLayout(isEnded ? text : text + (text.includes("\r\n") ? "\r\n" : "\n"));
  const { root, data, targets } = isEnded ? document : read(layout.text);
  const rewriter = new NodeRewriter(layout, targets, { isJson: isJson(text), commentsAt });
  rewriter.rewrite({ node: root, before: data, after, path: [], slot: { kind: "root" } });
  const result = applyEdits(layout.text, rewriter.edits);
  const isLastLineOld = rewriter.edits.every(({ end }) => end < layout.text.length);
  const trimmed = !isEnded && isLastLineOld ? result.slice(0, -layout.eol.length) : result;
  // The end of a text can be part of a value.
  const checked = [trimmed, result].find((each) => equalData(read(each).data, after));
  if (checked === undefined) throw new Error("rewriteYaml would change what the text means");
  return checked;
}

/** What a text holds. Its root is null where there is nothing but comments. */
function read(text: string): {
  readonly root: Node | null;
  readonly data: Data;
  readonly targets: ReadonlyMap<Node, Node>;
} {
  const { documents, errors, tooDeepAt, isTooLong } = composeYaml(text);
  const [document, second] = documents;
  if (errors.length > 0 || second !== undefined || tooDeepAt !== undefined || isTooLong === true)
    throw new Error(`rewriteYaml takes right YAML only: ${errors[0]?.message ?? "one document, not too deep"}`);
  if (document === undefined) return { root: null, data: null, targets: new Map() };
  const { data, problems, targets } = nodeToData(document);
  if (problems.length > 0) throw new Error(`rewriteYaml takes right YAML only: ${problems[0]?.message ?? ""}`);
  return { root: data === null ? null : document.contents, data, targets };
}

/** A whole file below the comments of an empty one. */
function fill(text: string, after: Data, style: Style): string {
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const end = /^\.\.\.(?:\s|$)/m.exec(text)?.index ?? text.length;
  const head = text.slice(0, end);
  const lines = writeBlock([], after, 0, style);
  const separator = head === "" || head.endsWith("\n") ? "" : eol;
  return head + separator + lines.join(eol) + eol + text.slice(end);
}

function isJson(text: string): boolean {
  if (!text.trimStart().startsWith("{")) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
