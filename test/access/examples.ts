import type { Example } from "./example.ts";
import { directExamples } from "./examples-direct.ts";
import { indirectExamples } from "./examples-indirect.ts";
import { oddExamples } from "./examples-odd.ts";

/** For every evaluator, with all rings. */
export const examples: readonly Example[] = [...directExamples, ...oddExamples, ...indirectExamples];
