import type { Kind } from "../matrix/schema/generated/document.ts";
import type { Marks, RunResource } from "./callee-kind.ts";
import { calleeKinds } from "./registry.ts";

/** Whether a word is a kind of callee. */
export function isCalleeKind(word: string): word is Kind {
  return Object.hasOwn(calleeKinds, word);
}

/** The kinds whose rows one collection of Cloud Run carries, in order. */
export function kindsIn(collection: RunResource["collection"]): readonly Kind[] {
  return Object.values(calleeKinds).flatMap((each) => (each.collection === collection ? [each.kind] : []));
}

/** Which kind something in a collection is, by the marks that Google's API shows on it. */
export function kindByMarks(collection: RunResource["collection"], labels: Marks, annotations: Marks): Kind {
  const kinds = kindsIn(collection).map((kind) => calleeKinds[kind]);
  const marked = kinds.find(({ isMarked }) => isMarked?.(labels, annotations) === true);
  return (marked ?? kinds.find(({ isMarked }) => isMarked === undefined))?.kind ?? "service";
}
