import type { NestedSchema } from "./schema.ts";

export const timeouts: NestedSchema = {
  nesting: "single",
  attributes: {
    create: "string optional",
    delete: "string optional",
    update: "string optional",
  },
};
