import type { Draft } from "../../finding/draft.ts";
import type { ExceptionSubject } from "../model/match-exception.ts";
import type { Declared } from "../model/matrix.ts";
import type { Exception } from "../schema/generated/document.ts";

/** An exception in force, ready to be asked. */
export interface ReadyException {
  readonly declared: Declared<Exception>;
  readonly matches: (subject: ExceptionSubject) => boolean;
}

/** A draft, or what is left of one, with all exceptions that accept it. */
interface Part {
  readonly draft: Draft;
  readonly accepting: readonly ReadyException[];
}

/**
 * A draft by what exceptions make of it. One about several callers of an edge falls apart where an exception names some
 * of them: what is accepted for one caller is not accepted for the others.
 * @param exceptions those from its rule
 */
export function acceptDraft(draft: Draft, exceptions: readonly ReadyException[]): readonly Part[] {
  const { callers = [], tell } = draft;
  if (tell === undefined || exceptions.length === 0) {
    return [{ draft, accepting: exceptions.filter(({ matches }) => isAccepted(draft, matches)) }];
  }
  const parts = new Map<ReadyException | undefined, { readonly names: string[]; readonly by: Set<ReadyException> }>();
  for (const caller of callers) {
    const accepting = exceptions.filter(({ matches }) => matches({ ...draft, caller, callers: [caller] }));
    const [first] = accepting;
    const part = parts.get(first) ?? { names: [], by: new Set() };
    part.names.push(caller);
    for (const each of accepting) part.by.add(each);
    parts.set(first, part);
  }
  return [...parts].map(([first, { names, by }]) => ({
    draft: { ...draft, ...tell(names), callers: names },
    // The one that is named comes first.
    accepting: first === undefined ? [] : [first, ...[...by].filter((each) => each !== first)],
  }));
}

function isAccepted(draft: Draft, matches: ReadyException["matches"]): boolean {
  if (draft.together === undefined) return matches(draft);
  const { services = [], callers = [] } = draft;
  return (
    services.every((service) => matches({ ...draft, services: [service] })) &&
    callers.every((caller) => matches({ ...draft, callers: [caller] }))
  );
}
