import { isMap, type Node, parseDocument, type YAMLMap } from "yaml";

/** Names to write out for services that were renamed: what they would otherwise take from their first name. */
export type Pins = ReadonlyMap<string, { readonly name?: string; readonly accountId?: string }>;

interface Insertion {
  readonly at: number;
  readonly text: string;
}

/** Writes names into the services of a matrix, and changes nothing else of its text. */
export function pinNames(text: string, pins: Pins): string {
  const { contents } = parseDocument(text, { version: "1.2", uniqueKeys: false, merge: false });
  const services = isMap(contents) ? contents.get("services", true) : undefined;
  if (!isMap(services)) return text;
  const insertions = [...pins].flatMap(([key, { name, accountId }]): readonly Insertion[] => {
    const service = services.get(key, true);
    if (!isMap(service)) return [];
    const account = service.get("account", true);
    const ownName = name === undefined ? [] : [`name: ${name}`];
    if (accountId === undefined || !isMap(account)) {
      return insertInto(text, service, [
        ...ownName,
        ...(accountId === undefined ? [] : [`account: { id: ${accountId} }`]),
      ]);
    }
    return [...insertInto(text, service, ownName), ...insertInto(text, account, [`id: ${accountId}`])];
  });
  return insertions
    .sort((a, b) => b.at - a.at)
    .reduce((result, { at, text: added }) => result.slice(0, at) + added + result.slice(at), text);
}

/** At the start of a map: before its first pair, in the map's own style. */
function insertInto(text: string, map: YAMLMap, entries: readonly string[]): readonly Insertion[] {
  const first = map.items[0]?.key as Node | undefined;
  const start = first?.range?.[0];
  if (entries.length === 0 || start === undefined) return [];
  if (map.flow === true) return [{ at: start, text: entries.map((entry) => `${entry}, `).join("") }];
  const indent = " ".repeat(start - (text.lastIndexOf("\n", start - 1) + 1));
  return [{ at: start, text: entries.map((entry) => `${entry}\n${indent}`).join("") }];
}
