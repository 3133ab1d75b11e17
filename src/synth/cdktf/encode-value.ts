import type { Value } from "../plan/stack-plan.ts";
import { encodeText } from "./encode-text.ts";

/** A planned value as a Terraform template. */
export function encodeValue(value: Value): string {
  return "reference" in value ? `\${${value.reference}}` : encodeText(value.text);
}
