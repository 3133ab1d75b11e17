import type { BlockSchema, NestedSchema } from "./schema.ts";

/** The arguments that say whose policy it is, by the kind of thing that has the policy. */
export const runServiceParent = {
  location: "string optional computed replace",
  name: "string required replace",
  project: "string optional computed replace",
} as const;

export const iapRunServiceParent = {
  cloud_run_service_name: "string required replace",
  location: "string optional computed replace",
  project: "string optional computed replace",
} as const;

export const serviceAccountParent = { service_account_id: "string required replace" } as const;

export const projectParent = { project: "string required replace" } as const;

const condition: NestedSchema = {
  nesting: "one",
  replace: true,
  attributes: {
    description: "string optional",
    expression: "string required",
    title: "string required",
  },
};

export function iamBindingSchema(parent: Readonly<Record<string, string>>): BlockSchema {
  return {
    attributes: {
      ...parent,
      etag: "string computed",
      id: "string optional computed",
      members: "set(string) required",
      role: "string required replace",
    },
    blocks: { condition },
  };
}

export function iamMemberSchema(parent: Readonly<Record<string, string>>): BlockSchema {
  return {
    attributes: {
      ...parent,
      etag: "string computed",
      id: "string optional computed",
      member: "string required replace",
      role: "string required replace",
    },
    blocks: { condition },
  };
}
