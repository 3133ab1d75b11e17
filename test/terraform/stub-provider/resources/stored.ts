import type { Complaint, Context, ResourceType } from "../resource-type.ts";
import type { BlockSchema } from "../schemas/schema.ts";
import type { ObjectValue } from "../wire/value.ts";
import type { World } from "../world.ts";
import { withDefaultProject } from "./default-project.ts";

interface StoredKind {
  readonly schema: BlockSchema;
  readonly store: (world: World) => Record<string, ObjectValue>;
  readonly path: (context: Context, values: ObjectValue) => string;
  /** Attributes that follow from the path. */
  readonly attributes: (path: string) => ObjectValue;
  readonly validate?: (config: ObjectValue) => readonly Complaint[];
  readonly parseImportId: (context: Context, id: string) => ObjectValue;
}

/** A resource of which the stub only remembers what was written. */
export function stored(name: string, kind: StoredKind): ResourceType {
  const write = (verb: string) => (context: Context, planned: ObjectValue) => {
    const path = kind.path(context, planned);
    context.google.log.push(`${verb}${name} ${path}`);
    const state = { ...planned, ...kind.attributes(path) };
    kind.store(context.google.world)[path] = state;
    return state;
  };
  return {
    schema: kind.schema,
    ...(kind.validate ? { validate: kind.validate } : {}),
    ...("project" in kind.schema.attributes ? { refinePlan: withDefaultProject } : {}),
    create: write("create"),
    update: write("update"),
    read: (context, state) => {
      const path = kind.path(context, state);
      const found = kind.store(context.google.world)[path];
      return found ? { ...state, ...found, ...kind.attributes(path) } : null;
    },
    remove: (context, prior) => {
      const path = kind.path(context, prior);
      context.google.log.push(`delete${name} ${path}`);
      delete kind.store(context.google.world)[path];
    },
    parseImportId: kind.parseImportId,
  };
}
