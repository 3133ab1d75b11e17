import type { Field, FieldType, MessageType } from "./protobuf.ts";

type FieldEntry = readonly [number: number, type: FieldType, cardinality?: "repeated"];

/**
 * Messages of the Terraform plugin protocol 6 (service tfplugin6.Provider), with the fields that the
 * stub reads or writes. Field numbers are part of the protocol; unlisted fields are skipped.
 */
function message(entries: Readonly<Record<string, FieldEntry>>): MessageType {
  return { fields: fieldsOf(entries) };
}

function fieldsOf(entries: Readonly<Record<string, FieldEntry>>): Field[] {
  return Object.entries(entries).map(([name, [number, type, cardinality]]) =>
    cardinality ? { number, name, type, repeated: true } : { number, name, type },
  );
}

const dynamicValue = message({ msgpack: [1, "bytes"], json: [2, "bytes"] });
const attributeStep = message({ attribute_name: [1, "string"] });
const attributePath = message({ steps: [1, attributeStep, "repeated"] });
const diagnostic = message({
  severity: [1, "int"],
  summary: [2, "string"],
  detail: [3, "string"],
  attribute: [4, attributePath],
});
const rawState = message({ json: [1, "bytes"] });

const attribute = message({
  name: [1, "string"],
  type: [2, "bytes"],
  required: [4, "bool"],
  optional: [5, "bool"],
  computed: [6, "bool"],
});

/** Blocks hold nested blocks, so the two descriptions refer to each other. */
const blockFields: Field[] = [];
const block: MessageType = { fields: blockFields };
const nestedBlock = message({
  type_name: [1, "string"],
  block: [2, block],
  nesting: [3, "int"],
  min_items: [4, "int"],
  max_items: [5, "int"],
});
blockFields.push(...fieldsOf({ attributes: [2, attribute, "repeated"], block_types: [3, nestedBlock, "repeated"] }));
const schema = message({ version: [1, "int"], block: [2, block] });

const configOnly = message({ config: [1, dynamicValue] });
const typeAndConfig = message({ type_name: [1, "string"], config: [2, dynamicValue] });

export interface Method {
  readonly request: MessageType;
  readonly response: MessageType;
}

export const methods = {
  GetProviderSchema: {
    request: message({}),
    response: message({
      provider: [1, schema],
      resource_schemas: [2, { map: schema }],
      data_source_schemas: [3, { map: schema }],
    }),
  },
  ValidateProviderConfig: {
    request: configOnly,
    response: message({ diagnostics: [2, diagnostic, "repeated"] }),
  },
  ValidateResourceConfig: {
    request: typeAndConfig,
    response: message({ diagnostics: [1, diagnostic, "repeated"] }),
  },
  ValidateDataResourceConfig: {
    request: typeAndConfig,
    response: message({ diagnostics: [1, diagnostic, "repeated"] }),
  },
  UpgradeResourceState: {
    request: message({ type_name: [1, "string"], raw_state: [3, rawState] }),
    response: message({ upgraded_state: [1, dynamicValue], diagnostics: [2, diagnostic, "repeated"] }),
  },
  ConfigureProvider: {
    request: message({ config: [2, dynamicValue] }),
    response: message({ diagnostics: [1, diagnostic, "repeated"] }),
  },
  ReadResource: {
    request: message({ type_name: [1, "string"], current_state: [2, dynamicValue] }),
    response: message({ new_state: [1, dynamicValue], diagnostics: [2, diagnostic, "repeated"] }),
  },
  PlanResourceChange: {
    request: message({
      type_name: [1, "string"],
      prior_state: [2, dynamicValue],
      proposed_new_state: [3, dynamicValue],
      config: [4, dynamicValue],
    }),
    response: message({
      planned_state: [1, dynamicValue],
      requires_replace: [2, attributePath, "repeated"],
      diagnostics: [4, diagnostic, "repeated"],
      legacy_type_system: [5, "bool"],
    }),
  },
  ApplyResourceChange: {
    request: message({
      type_name: [1, "string"],
      prior_state: [2, dynamicValue],
      planned_state: [3, dynamicValue],
    }),
    response: message({
      new_state: [1, dynamicValue],
      diagnostics: [3, diagnostic, "repeated"],
      legacy_type_system: [4, "bool"],
    }),
  },
  ImportResourceState: {
    request: message({ type_name: [1, "string"], id: [2, "string"] }),
    response: message({
      imported_resources: [1, message({ type_name: [1, "string"], state: [2, dynamicValue] }), "repeated"],
      diagnostics: [2, diagnostic, "repeated"],
    }),
  },
  ReadDataSource: {
    request: typeAndConfig,
    response: message({ state: [1, dynamicValue], diagnostics: [2, diagnostic, "repeated"] }),
  },
  StopProvider: { request: message({}), response: message({}) },
} as const satisfies Readonly<Record<string, Method>>;

export type MethodName = keyof typeof methods;
