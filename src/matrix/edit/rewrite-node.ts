import { isAlias, isMap, isSeq, type Node, type YAMLMap, type YAMLSeq } from "yaml";
import { isMergeKey } from "../text/node-to-data.ts";
import type { Data, DataPath } from "../text/parsed-file.ts";
import type { Edit } from "./apply-edits.ts";
import { type DataMap, equalData, isDataList, isDataMap } from "./equal-data.ts";
import { matchItems } from "./match-items.ts";
import { mergedData } from "./merged-data.ts";
import { isProjects, placeKeys } from "./place-keys.ts";
import { replaceValue, type Slot } from "./replace-value.ts";
import { rewriteEntries } from "./rewrite-entries.ts";
import type { TextLayout, YamlPair } from "./text-layout.ts";
import type { Style } from "./write-value.ts";

/** A value of a text, and what is to stand in its place. */
export interface Change {
  readonly node: Node | null;
  readonly before: Data;
  readonly after: Data;
  readonly path: DataPath;
  readonly slot: Slot;
}

/** An entry of a map or list: its nodes, and what becomes of it; undefined: it goes. */
export interface Entry {
  readonly key: Node | null;
  readonly value: Node | null;
  readonly step: string | number;
  readonly before: Data;
  readonly after: Data | undefined;
  /** Whether it is a `<<`, of which nothing changes where it stays. */
  readonly isMerge: boolean;
}

/** A new entry, and the index of the one that it goes before. */
export interface NewEntry {
  readonly step: string | number;
  readonly value: Data;
  readonly before: number;
}

/** Collects the edits that make one value out of another, from the top of the text to its end: anchors come before aliases. */
export class NodeRewriter {
  readonly edits: Edit[] = [];
  readonly layout: TextLayout;
  readonly style: Style;
  readonly #targets: ReadonlyMap<Node, Node>;
  /** What the anchors that stay will stand for. */
  readonly #anchored = new Map<Node, Data>();

  constructor(layout: TextLayout, targets: ReadonlyMap<Node, Node>, style: Style) {
    this.layout = layout;
    this.#targets = targets;
    this.style = style;
  }

  rewrite(change: Change): void {
    const { node, before, after } = change;
    if (isAlias(node)) {
      if (!equalData(this.#meaningOf(node), after)) this.#replace(change);
      return;
    }
    // Without aliases, what means the same is the same.
    if (this.#targets.size === 0 && equalData(before, after)) return;
    const isSame = isMap(node)
      ? isDataMap(before) && isDataMap(after) && this.#rewriteMap(node, change, before, after)
      : isSeq(node)
        ? isDataList(before) && isDataList(after) && this.#rewriteList(node, change, before, after)
        : equalData(before, after);
    if (!isSame) this.#replace(change);
    else if (node?.anchor !== undefined) this.#anchored.set(node, after);
  }

  /** What an alias will mean; undefined where its anchor goes. */
  #meaningOf(alias: Node): Data | undefined {
    const target = this.#targets.get(alias);
    return target === undefined ? undefined : this.#anchored.get(target);
  }

  #replace({ node, after, path, slot }: Change): void {
    const { edits, keepsAnchor } = replaceValue(this.layout, slot, node, { path, value: after, style: this.style });
    this.edits.push(...edits);
    if (keepsAnchor && node !== null && !isAlias(node) && node.anchor !== undefined) this.#anchored.set(node, after);
  }

  #rewriteMap(map: YAMLMap, change: Change, before: DataMap, after: DataMap): boolean {
    const pairs = map.items as YamlPair[];
    const merge = pairs.find(({ key }) => isMergeKey(key));
    const merged = merge === undefined ? undefined : mergedData(merge.value, (alias) => this.#meaningOf(alias));
    const keepsMerge = merged !== undefined && Object.keys(merged).every((key) => Object.hasOwn(after, key));
    const entries = pairs.map((pair): Entry => {
      const { key, value } = pair;
      const isMerge = pair === merge;
      const step = keyName(key);
      const own = isMerge ? (keepsMerge ? null : undefined) : Object.hasOwn(after, step) ? after[step] : undefined;
      return { key, value, step, before: isMerge ? null : (before[step] ?? null), after: own, isMerge };
    });
    const known = new Set(pairs.flatMap((pair) => (pair === merge ? [] : [keyName(pair.key)])));
    const added = Object.keys(after).filter((key) => {
      const isMerged = keepsMerge && Object.hasOwn(merged, key) && equalData(merged[key], after[key]);
      return !known.has(key) && !isMerged;
    });
    const kept = entries.flatMap(({ step, after: value }, index) =>
      value === undefined || pairs[index] === merge ? [] : [{ key: String(step), index }],
    );
    if (isProjects(change.path) && kept[0] !== undefined && Object.keys(after)[0] !== kept[0].key) return false;
    const additions = placeKeys(change.path, kept, pairs.length, added).map(({ key, before: index }): NewEntry => ({
      step: key,
      value: after[key] ?? null,
      before: index,
    }));
    return rewriteEntries(this, map, change, entries, additions);
  }

  #rewriteList(list: YAMLSeq, change: Change, before: readonly Data[], after: readonly Data[]): boolean {
    const nodes = list.items as (Node | null)[];
    const matched = equalData(before, after)
      ? { fates: after.map((value, step) => ({ step, value })), additions: [] }
      : matchItems(before, after);
    if (matched === undefined) return false;
    const entries = nodes.map((value, index): Entry => ({
      key: null,
      value,
      step: matched.fates[index]?.step ?? index,
      before: before[index] ?? null,
      after: matched.fates[index]?.value,
      isMerge: false,
    }));
    return rewriteEntries(this, list, change, entries, matched.additions);
  }
}

function keyName(key: Node | null): string {
  const { value, source } = (key ?? {}) as { readonly value?: unknown; readonly source?: string };
  return typeof value === "string" ? value : (source ?? String(value));
}
