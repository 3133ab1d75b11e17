import { type Applied, unknownApply } from "../drift/applied.ts";
import type { AppliedState } from "../drift/read-state.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import { planStacks } from "../synth/plan/plan-stacks.ts";
import type { StackPlan } from "../synth/plan/stack-plan.ts";
import type { Io } from "./io.ts";
import { readStateText } from "./state-text.ts";
import { UsageError } from "./usage-error.ts";

interface Given {
  readonly appliedHash?: readonly string[];
  readonly state?: readonly string[];
}

/** `readState` comes with the bundle of drift; `warn` takes a line about a state that tells nothing. */
interface AppliedDeps {
  readonly readState: (text: string) => AppliedState | undefined;
  readonly warn: (line: string) => void;
}

/**
 * What the command line tells of the last apply.
 * @throws UsageError where a state cannot be read, or a hash belongs to no stack
 */
export function readApplied(
  io: Io,
  matrix: Matrix,
  environment: string,
  { appliedHash = [], state = [] }: Given,
  { readState, warn }: AppliedDeps,
): Applied {
  if (appliedHash.length === 0 && state.length === 0) return unknownApply;
  const stacks = planStacks(matrix).filter((stack) => stack.environment === environment);
  const stale = new Set<string>();
  for (const given of appliedHash) {
    const { stack, hash } = parseHash(given, stacks);
    if (stack.outputs.hash !== hash) stale.add(stack.name);
  }
  const states: AppliedState[] = [];
  for (const name of state) {
    const called = name === "-" ? "standard input" : name;
    const read = readStateText(io, name, readState);
    states.push(read);
    const own = stacksOf(read, stacks);
    for (const { name: stack, outputs } of own) if (outputs.hash !== read.hash) stale.add(stack);
    if (read.hash === undefined) warn(`${called} holds no output matrix_hash, so nothing is pending because of it`);
    else if (own.length === 0) warn(`${called} is of no stack of ${environment}, so nothing is pending because of it`);
  }
  return {
    stale,
    hasMember: (...row) => states.some((each) => each.hasMember(...row)),
  };
}

/** The stacks that a state is of: the one with its hash, else those whose projects it has rows in. */
function stacksOf({ hash, projects }: AppliedState, stacks: readonly StackPlan[]): readonly StackPlan[] {
  if (hash === undefined) return [];
  const current = stacks.filter(({ outputs }) => outputs.hash === hash);
  return current.length > 0 ? current : stacks.filter(({ rows }) => rows.some(({ project }) => projects.has(project)));
}

function parseHash(given: string, stacks: readonly StackPlan[]): { readonly stack: StackPlan; readonly hash: string } {
  const at = given.lastIndexOf("=");
  const [hash, name] = at === -1 ? [given, undefined] : [given.slice(at + 1), given.slice(0, at)];
  const [only] = stacks;
  const stack = name === undefined && stacks.length === 1 ? only : stacks.find((each) => each.name === name);
  const names = stacks.map((each) => each.name).join(", ");
  if (stack === undefined) {
    throw new UsageError(
      name === undefined ? "the environment has several stacks" : `no stack is called "${name}"`,
      `write --applied-hash STACK=HASH; the stacks are ${names}`,
    );
  }
  if (!/^[0-9a-f]{64}$/.test(hash))
    throw new UsageError(
      `"${hash}" is no matrix_hash`,
      "it is 64 hexadecimal digits: terraform output -raw matrix_hash",
    );
  return { stack, hash };
}
