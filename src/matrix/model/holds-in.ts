import type { GuardrailRule } from "../schema/generated/document.ts";

/** Whether a rule holds in an environment: one that names none holds in all. */
export function holdsIn({ environments }: Pick<GuardrailRule, "environments">, environment: string): boolean {
  return environments?.includes(environment) !== false;
}
