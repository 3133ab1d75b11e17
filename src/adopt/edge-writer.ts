import { isAdopted } from "../matrix/model/adopted-text.ts";
import type { Clause } from "../matrix/model/matrix.ts";
import type { Edge, EdgeValue } from "../matrix/schema/generated/document.ts";
import { compareText } from "../words/compare-text.ts";
import type { MatrixDraft } from "./matrix-draft.ts";
import { pickName } from "./pick-name.ts";

/** Writes edges of one environment into a draft, each in the file of its callee. */
export class EdgeWriter {
  readonly #draft: MatrixDraft;
  readonly #environment: string;

  constructor(draft: MatrixDraft, environment: string) {
    this.#draft = draft;
    this.#environment = environment;
  }

  /** Lets a caller call a service. Where the edge stands for other environments, it is widened or gets a further entry. */
  add(caller: string, callee: string, reason: string, through?: "iap"): void {
    const key = `${caller} -> ${callee}`;
    const file = this.#fileOf(key, callee);
    const before = clausesOf(this.#draft.edgeIn(file, key));
    const own: Edge = { reason, ...(through === undefined ? {} : { through }), environments: [this.#environment] };
    const alike = before.findIndex(
      (clause) => isAdopted(clause.reason) && clause.through === through && clause.expires === undefined,
    );
    const clauses =
      alike === -1 ? [...before, own] : before.map((clause, at) => (at === alike ? this.#widen(clause, key) : clause));
    this.#write(file, key, clauses);
  }

  /** Takes a clause out of the environment. */
  leave({ place }: Clause): void {
    const { file, path } = place;
    const [, key, index = 0] = path;
    if (typeof key !== "string" || typeof index !== "number") return;
    const before = clausesOf(this.#draft.edgeIn(file, key));
    const clauses = before.flatMap((clause, at) => {
      if (at !== index) return [clause];
      const environments = (clause.environments ?? this.#homesOfEdge(key)).filter((name) => name !== this.#environment);
      return environments.length === 0 ? [] : [{ ...clause, environments }];
    });
    this.#write(file, key, clauses);
  }

  /** A set of callers that stand together in the rows of these callees; one that has these members already is taken. */
  addSet(members: readonly string[], callees: readonly string[], file: string): string {
    const wanted = members.join(" ");
    for (const [key, { value }] of this.#draft.sets) if (value.toSorted(compareText).join(" ") === wanted) return key;
    const [first = ""] = callees;
    const name = pickName([`callers-of-${first}`], (each) => this.#draft.hasName(each));
    this.#draft.sets.set(name, { file, value: members });
    this.#draft.comment(
      this.#draft.root,
      ["sets", name],
      [`Offered: these stand together in the rows of ${callees.join(", ")}.`],
    );
    return name;
  }

  /** The file that defines a service: that of the edges to it. */
  fileOf(callee: string): string {
    return this.#draft.services.get(callee)?.file ?? this.#draft.root;
  }

  /** Where an edge stands, or is to stand: with its callee. */
  #fileOf(key: string, callee: string): string {
    return this.#draft.fileOfEdge(key) ?? this.fileOf(callee);
  }

  #widen(clause: Edge, key: string): Edge {
    const environments = new Set([...(clause.environments ?? this.#homesOfEdge(key)), this.#environment]);
    return { ...clause, environments: this.#names().filter((name) => environments.has(name)) };
  }

  #write(file: string, key: string, clauses: readonly Edge[]): void {
    const [only, ...others] = clauses.map((clause) => this.#plain(clause, key));
    if (only === undefined) this.#draft.setEdge(file, key, undefined);
    else if (others.length > 0) this.#draft.setEdge(file, key, [only, ...others]);
    else this.#draft.setEdge(file, key, Object.keys(only).length === 1 ? only.reason : only);
  }

  /** What adopt wrote says nothing of environments where it holds wherever both sides are. */
  #plain(clause: Edge, key: string): Edge {
    if (clause.environments === undefined || !isAdopted(clause.reason)) return clause;
    const { environments, ...rest } = clause;
    return this.#homesOfEdge(key).every((name) => environments.includes(name)) ? rest : clause;
  }

  /** The environments that both sides are in. */
  #homesOfEdge(key: string): readonly string[] {
    const [caller = "", callee = ""] = key.split(" -> ");
    const [from, to] = [this.#homesOf(caller), this.#homesOf(callee)];
    return this.#names().filter((name) => from.has(name) && to.has(name));
  }

  #homesOf(name: string, above: readonly string[] = []): ReadonlySet<string> {
    const set = this.#draft.sets.get(name);
    if (set !== undefined) {
      const below = above.includes(name) ? [] : set.value;
      return new Set(below.flatMap((member) => [...this.#homesOf(member, [...above, name])]));
    }
    const declared = this.#draft.services.get(name)?.value ?? this.#draft.callers.get(name)?.value;
    return new Set(declared?.environments ?? this.#names());
  }

  #names(): readonly string[] {
    return [...this.#draft.environments.keys()].filter((name) => !name.startsWith("x-"));
  }
}

function clausesOf(value: EdgeValue | undefined): readonly Edge[] {
  if (value === undefined) return [];
  if (typeof value === "string") return [{ reason: value }];
  return "reason" in value ? [value] : value;
}
