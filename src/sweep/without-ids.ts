import { BASELINE_SCHEMA, isBaseline } from "./baseline.ts";
import type { TextFile } from "./text-file.ts";
import { readJson } from "./tree/read-json.ts";
import { childAt, type TextTree, type TreeText } from "./tree/text-tree.ts";

/** The keys of each map of a baseline. More than these, or one of them twice, and it is no baseline that sweep wrote. */
const keys = {
  top: "credentials,ids,schema,scope",
  scrypt: "N,by,p,r,salt",
  hmac: "by,check",
  scope: "live,paths",
  credential: "files,id,name,places,rule",
  /** As it was before the files were kept. */
  olderCredential: "id,name,places,rule",
} as const;

/**
 * A baseline of sweep without its ids, which look like secrets and are none. Blanks take their place, so that all else stays
 * where it is and is swept. Any other text is left as it is.
 */
export function withoutIds(file: TextFile): TextFile {
  if (!file.text.includes(BASELINE_SCHEMA) || !isBaseline(file.text)) return file;
  const [tree, ...more] = readJson(file.text)?.trees ?? [];
  const ids = tree === undefined || more.length > 0 ? undefined : idsOf(tree);
  if (ids === undefined) return file;
  let text = "";
  let at = 0;
  for (const { start, end } of ids) {
    text += `${file.text.slice(at, start)}"${" ".repeat(end - start - 2)}"`;
    at = end;
  }
  return { name: file.name, text: text + file.text.slice(at) };
}

/** In the order of the text; undefined where the shape is another. */
function idsOf(tree: TextTree): readonly TreeText[] | undefined {
  if (keysOf(tree) !== keys.top) return undefined;
  const [ids, scope, credentials] = ["ids", "scope", "credentials"].map((key) => childAt(tree, key));
  if (![keys.scrypt, keys.hmac].some((each) => each === keysOf(ids)) || keysOf(scope) !== keys.scope) return undefined;
  if (credentials?.kind !== "list" || !credentials.items.every(isCredential)) return undefined;
  const found = [
    childAt(ids, "salt") ?? childAt(ids, "check"),
    ...credentials.items.map((item) => childAt(item, "id")),
  ];
  const texts = found.flatMap((id) => (id?.kind === "text" && /^[0-9a-f]{32}$/.test(id.text) ? [id] : []));
  return texts.length === found.length ? texts.sort((a, b) => a.start - b.start) : undefined;
}

function isCredential(tree: TextTree): boolean {
  return [keys.credential, keys.olderCredential].some((each) => each === keysOf(tree));
}

function keysOf(tree: TextTree | undefined): string | undefined {
  return tree?.kind === "map"
    ? tree.pairs
        .map(({ key }) => key)
        .sort()
        .join()
    : undefined;
}
