// What generate.mjs takes from the registry of the kinds of callees.

/** The matrix schema with every kind of callee, and of both in selectors of rules. */
export function withCalleeKinds(schema, calleeKinds, callerKinds) {
  const { kind, anyKind } = schema.$defs;
  const words = Object.values(calleeKinds).map((each) => each.words);
  const listed = `${words.slice(0, -1).join(", ")}, or ${words.at(-1)}`;
  return {
    ...schema,
    $defs: {
      ...schema.$defs,
      kind: { ...kind, description: `What runs: ${listed}.`, enum: Object.keys(calleeKinds) },
      anyKind: { ...anyKind, enum: [...Object.keys(calleeKinds), ...Object.keys(callerKinds)] },
    },
  };
}

/** The text of a schema of reports or snapshots, which is written by hand, with the kinds that something running may be. */
export function withRunningKinds(text, calleeKinds) {
  const kinds = Object.keys(calleeKinds).map((kind) => JSON.stringify(kind));
  return text.replace(
    /("kind": \{\s*"description": "What it is\.",\s*"enum": )\[[^\]]*\]/g,
    (_, before) => `${before}[${kinds.join(", ")}]`,
  );
}
