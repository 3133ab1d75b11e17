// What generate.mjs takes from the registry of the kinds of callers.
import { buildSync } from "esbuild";

/** What a module of src exports. */
export async function importBundled(root, entry) {
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

/**
 * The matrix schema with every kind of caller as its file says it: a definition for those with details, the keys of a
 * caller, of which exactly one says the kind, and the keys of an override. All else in it is written by hand.
 */
export function withCallerKinds(schema, callerKinds) {
  const { caller, callerOverride, anyKind } = schema.$defs;
  const isKind = new Set(caller.oneOf.map(({ required: [kind] }) => kind));
  const kinds = Object.values(callerKinds).map(({ kind, schema: details }) => {
    const definition = kind.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
    return { kind, details, definition: details.type === "object" ? definition : undefined };
  });
  // A kind of details is nothing but a reference to its own definition; an email is described beside its reference.
  const former = [...isKind].flatMap((kind) => {
    const { $ref, ...beside } = caller.properties[kind];
    return $ref === undefined || Object.keys(beside).length > 0 ? [] : [$ref.replace("#/$defs/", "")];
  });
  const current = new Map(kinds.flatMap((each) => (each.definition === undefined ? [] : [[each.definition, each]])));
  const isGone = (name) => former.includes(name) && !current.has(name);
  const definitions = Object.entries(schema.$defs)
    .filter(([name]) => !isGone(name))
    .map(([name, value]) => [name, current.get(name)?.details ?? value]);
  for (const [index, { definition, details }] of kinds.entries()) {
    if (definition === undefined || definition in schema.$defs) continue;
    const before = kinds.slice(0, index).findLast((each) => each.definition !== undefined)?.definition;
    definitions.splice(definitions.findIndex(([name]) => name === before) + 1, 0, [definition, details]);
  }
  const notKinds = ([key]) => !isKind.has(key);
  const properties = [
    ...Object.entries(caller.properties).filter(notKinds),
    ...kinds.map(({ kind, definition, details }) => [
      kind,
      definition === undefined ? details : { $ref: `#/$defs/${definition}` },
    ]),
  ];
  const keys = [
    ...callerOverride.propertyNames.enum.filter((key) => !isKind.has(key)),
    ...kinds.map(({ kind }) => kind),
  ];
  return {
    ...schema,
    $defs: {
      ...Object.fromEntries(definitions),
      caller: {
        ...caller,
        properties: Object.fromEntries(properties),
        oneOf: kinds.map(({ kind }) => ({ required: [kind] })),
      },
      anyKind: {
        ...anyKind,
        enum: [...anyKind.enum.filter((kind) => !isKind.has(kind)), ...kinds.map(({ kind }) => kind)],
      },
      callerOverride: { ...callerOverride, propertyNames: { enum: keys } },
    },
  };
}
