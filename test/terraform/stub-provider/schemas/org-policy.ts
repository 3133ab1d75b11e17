import type { BlockSchema, NestedSchema } from "./schema.ts";
import { timeouts } from "./timeouts.ts";

const rules: NestedSchema = {
  nesting: "list",
  attributes: {
    allow_all: "string optional",
    deny_all: "string optional",
    enforce: "string optional",
    parameters: "string optional",
  },
  blocks: {
    condition: {
      nesting: "one",
      attributes: {
        description: "string optional",
        expression: "string optional",
        location: "string optional",
        title: "string optional",
      },
    },
    values: {
      nesting: "one",
      attributes: {
        allowed_values: "list(string) optional",
        denied_values: "list(string) optional",
      },
    },
  },
};

const spec: NestedSchema = {
  nesting: "one",
  attributes: {
    etag: "string computed",
    inherit_from_parent: "bool optional",
    reset: "bool optional",
    update_time: "string computed",
  },
  blocks: { rules },
};

export const orgPolicySchema: BlockSchema = {
  attributes: {
    etag: "string computed",
    id: "string optional computed",
    name: "string required replace",
    parent: "string required replace",
  },
  blocks: { dry_run_spec: spec, spec, timeouts },
};
