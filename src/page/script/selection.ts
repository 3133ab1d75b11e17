import type { Model } from "./model.ts";

/** What is open: a pair, a service, or a caller, by index. */
export interface Selection {
  readonly caller: number | null;
  readonly callee: number | null;
}

/** The link to it, which names it: it holds as long as the names do. */
export function linkTo(model: Model, { caller, callee }: Selection): string {
  const name = (id: string): string => encodeURIComponent(id);
  if (caller !== null && callee !== null)
    return `#pair/${name(model.caller(caller).id)}/${name(model.callee(callee).id)}`;
  if (callee !== null) return `#service/${name(model.callee(callee).id)}`;
  return caller === null ? "#" : `#caller/${name(model.caller(caller).id)}`;
}

/** What a link names; undefined where it names nothing here. */
export function followLink(model: Model, hash: string): Selection | undefined {
  const [kind, ...names] = hash.slice(1).split("/").map(decode);
  const callerAt = (id: string | undefined): number => model.data.callers.findIndex((caller) => caller.id === id);
  const calleeAt = (id: string | undefined): number => model.data.callees.findIndex((callee) => callee.id === id);
  const selection =
    kind === "pair"
      ? { caller: callerAt(names[0]), callee: calleeAt(names[1]) }
      : kind === "service"
        ? { caller: null, callee: calleeAt(names[0]) }
        : kind === "caller"
          ? { caller: callerAt(names[0]), callee: null }
          : undefined;
  return selection === undefined || selection.caller === -1 || selection.callee === -1 ? undefined : selection;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
