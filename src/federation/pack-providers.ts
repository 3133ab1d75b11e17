import type { PooledOutside } from "../callers/outside.ts";
import { shortHash } from "../callers/short-hash.ts";
import { compareText } from "../words/compare-text.ts";
import { encodeCel } from "./encode-cel.ts";

/**
 * What one provider takes at most: custom attributes, characters of its condition, bytes of its mapping. docs: iam v1
 * `workloadIdentityPools.providers`, attributeMapping and attributeCondition
 */
export const PROVIDER_LIMITS = { attributes: 50, condition: 4096, mapping: 8192 } as const;

/** A caller who shows its tokens to a provider. */
export interface Applicant {
  readonly caller: string;
  readonly outside: PooledOutside;
}

/** What one provider has to hold. */
export interface Packed<A extends Applicant> {
  readonly condition: string;
  readonly mapping: ReadonlyMap<string, string>;
  readonly applicants: readonly A[];
}

/**
 * Callers whose tokens one issuer makes, in as few providers as taking them one after the other gives. What alone is
 * more than a provider takes gets one of its own, which Google refuses: that is a finding of its caller.
 */
export function packProviders<A extends Applicant>(applicants: readonly A[]): readonly Packed<A>[] {
  const drafts: Draft<A>[] = [];
  for (const applicant of applicants) {
    const last = drafts.at(-1);
    if (last === undefined || !last.takes(applicant)) drafts.push(new Draft(applicant));
  }
  return drafts.map((draft) => draft.packed());
}

/** A provider while callers are put into it. Sizes are counted as they come, so that packing is linear. */
class Draft<A extends Applicant> {
  readonly #applicants: A[] = [];
  readonly #clauses = new Set<string>();
  readonly #mapping = new Map<string, string>();
  #clauseLength = 0;
  #mappingBytes = 0;

  constructor(first: A) {
    this.#put(first);
  }

  /** Puts a caller in where there is room. */
  takes(applicant: A): boolean {
    const { admits } = applicant.outside;
    const isNew = !this.#clauses.has(admits);
    const condition = conditionLength(
      this.#clauses.size + (isNew ? 1 : 0),
      this.#clauseLength + (isNew ? admits.length : 0),
    );
    const added = mappingOf(applicant).filter(([name]) => !this.#mapping.has(name));
    const attributes = this.#mapping.size + added.length - 1;
    const isSame = mappingOf(applicant).every(
      ([name, expression]) => (this.#mapping.get(name) ?? expression) === expression,
    );
    const fits =
      isSame &&
      condition <= PROVIDER_LIMITS.condition &&
      attributes <= PROVIDER_LIMITS.attributes &&
      this.#mappingBytes + sizeOf(added) <= PROVIDER_LIMITS.mapping;
    if (fits) this.#put(applicant);
    return fits;
  }

  packed(): Packed<A> {
    const clauses = [...this.#clauses].sort(compareText);
    return {
      condition: clauses.length === 1 ? clauses.join("") : clauses.map((clause) => `(${clause})`).join(OR),
      mapping: new Map([...this.#mapping].sort(([a], [b]) => compareText(a, b))),
      applicants: this.#applicants,
    };
  }

  #put(applicant: A): void {
    const { admits } = applicant.outside;
    if (!this.#clauses.has(admits)) this.#clauseLength += admits.length;
    this.#clauses.add(admits);
    const added = mappingOf(applicant).filter(([name]) => !this.#mapping.has(name));
    this.#mappingBytes += sizeOf(added);
    for (const [name, expression] of added) this.#mapping.set(name, expression);
    this.#applicants.push(applicant);
  }
}

const OR = " || ";

function conditionLength(clauses: number, characters: number): number {
  return clauses < 2 ? characters : characters + clauses * "()".length + (clauses - 1) * OR.length;
}

type Mapped = readonly (readonly [name: string, expression: string])[];

function mappingOf({ outside: { pool, subject, match } }: Applicant): Mapped {
  // In a pool of others, whoever of us has the subject of one of theirs would hold what theirs was granted.
  const mark = subjectMark(pool);
  return [
    ["google.subject", mark === "" ? subject : `${encodeCel(mark)} + (${subject})`],
    ...(match.by === "attribute" ? [[`attribute.${match.name}`, match.expression] as const] : []),
  ];
}

/** What every subject begins with that comes through a provider of ours in a pool of others. */
export function subjectMark({ existing, apart }: PooledOutside["pool"]): string {
  return existing === undefined || existing.provider !== undefined ? "" : `${shortHash(...apart)}:`;
}

function sizeOf(mapped: Mapped): number {
  return mapped.reduce((sum, [name, expression]) => sum + Buffer.byteLength(name + expression), 0);
}
