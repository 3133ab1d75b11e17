import type { BlockSchema } from "./schema.ts";

export const serviceAccountSchema: BlockSchema = {
  attributes: {
    account_id: "string required replace",
    create_ignore_already_exists: "bool optional",
    description: "string optional",
    disabled: "bool optional default=false",
    display_name: "string optional",
    email: "string computed",
    id: "string optional computed",
    member: "string computed",
    name: "string computed",
    project: "string optional computed replace",
    unique_id: "string computed",
  },
  blocks: { timeouts: { nesting: "single", attributes: { create: "string optional" } } },
};

export const serviceAccountDataSchema: BlockSchema = {
  attributes: {
    account_id: "string required",
    disabled: "bool computed",
    display_name: "string computed",
    email: "string computed",
    id: "string optional computed",
    member: "string computed",
    name: "string computed",
    project: "string optional",
    unique_id: "string computed",
  },
};
