import { catalogue, type Catalogue } from "./catalogue.ts";
import { conform } from "./conform.ts";
import type { Google } from "./google/google.ts";
import { planChange } from "./planner.ts";
import type { Complaint, DataSourceType, ResourceType } from "./resource-type.ts";
import { providerSchema } from "./schemas/provider.ts";
import { schemaMessage } from "./schemas/schema-message.ts";
import { decodeValue, encodeValue } from "./wire/dynamic-value.ts";
import type { MethodName } from "./wire/messages.ts";
import type { WireMessage, WireValue } from "./wire/protobuf.ts";
import { isObject, type ObjectValue, type Value } from "./wire/value.ts";

type Handler = (request: WireMessage) => WireMessage;

/** Severity 1 of the protocol. */
const ERROR = 1;

/** The provider's side of the protocol, one function a method. */
export class StubProvider {
  readonly #catalogue: Catalogue;
  readonly #context: { google: Google; settings: ObjectValue };

  constructor(google: Google, googleVersion: string) {
    this.#catalogue = catalogue(googleVersion);
    this.#context = { google, settings: {} };
  }

  readonly handlers: Readonly<Record<MethodName, Handler>> = {
    GetProviderSchema: () => this.#schemas(),
    ValidateProviderConfig: () => ({}),
    ValidateResourceConfig: (request) => ({ diagnostics: this.#complaints(request) }),
    ValidateDataResourceConfig: () => ({}),
    UpgradeResourceState: (request) => this.#upgradeState(request),
    ConfigureProvider: (request) => {
      this.#context.settings = objectOf(request["config"]) ?? {};
      return {};
    },
    ReadResource: (request) => guarded(() => this.#readResource(request)),
    PlanResourceChange: (request) => guarded(() => this.#plan(request)),
    ApplyResourceChange: (request) => this.#apply(request),
    ImportResourceState: (request) => guarded(() => this.#importState(request)),
    ReadDataSource: (request) => guarded(() => this.#readDataSource(request)),
    StopProvider: () => ({}),
  };

  #schemas(): WireMessage {
    const { resources, dataSources } = this.#catalogue;
    const messages = (types: Readonly<Record<string, ResourceType | DataSourceType>>): WireMessage =>
      Object.fromEntries(Object.entries(types).map(([name, { schema }]) => [name, schemaMessage(schema)]));
    return {
      provider: schemaMessage(providerSchema),
      resource_schemas: messages(resources),
      data_source_schemas: messages(dataSources),
    };
  }

  #complaints(request: WireMessage): readonly WireMessage[] {
    const config = objectOf(request["config"]) ?? {};
    return (this.#resource(request).validate?.(config) ?? []).map(complaintMessage);
  }

  /** Also gives a state the attributes that a newer provider added to the schema. */
  #upgradeState(request: WireMessage): WireMessage {
    const json = (request["raw_state"] as WireMessage)["json"] as Uint8Array;
    const state = JSON.parse(Buffer.from(json).toString("utf8")) as ObjectValue;
    return { upgraded_state: dynamic(conform(this.#resource(request).schema, state)) };
  }

  #readResource(request: WireMessage): WireMessage {
    return { new_state: dynamic(this.#read(this.#resource(request), objectOf(request["current_state"]) ?? {})) };
  }

  #plan(request: WireMessage): WireMessage {
    const proposed = objectOf(request["proposed_new_state"]);
    // A destroy needs no plan of the provider's, but some versions of Terraform ask for one.
    if (!proposed) return { planned_state: dynamic(null), legacy_type_system: true };
    const { planned, replace } = planChange(this.#resource(request), this.#context, {
      prior: objectOf(request["prior_state"]),
      proposed,
      config: objectOf(request["config"]) ?? {},
    });
    return {
      planned_state: dynamic(planned),
      requires_replace: replace.map((name) => ({ steps: [{ attribute_name: name }] })),
      // The real provider is built on SDK v2, whose plans and states Terraform does not hold to the
      // configuration: defaults, filled-in blocks and long names would be errors without this.
      legacy_type_system: true,
    };
  }

  /** A failed change leaves the state as it was, except that what was to be created is not there. */
  #apply(request: WireMessage): WireMessage {
    const type = this.#resource(request);
    const prior = objectOf(request["prior_state"]);
    try {
      return {
        new_state: dynamic(this.#change(type, prior, objectOf(request["planned_state"]))),
        legacy_type_system: true,
      };
    } catch (error) {
      return { new_state: dynamic(prior), diagnostics: [errorMessage(error)], legacy_type_system: true };
    }
  }

  #change(type: ResourceType, prior: ObjectValue | null, planned: ObjectValue | null): ObjectValue | null {
    if (!planned) {
      if (prior) type.remove(this.#context, prior);
      return null;
    }
    // What is still unknown here is for Google to fill in.
    const wanted = conform(type.schema, planned);
    const written = prior ? type.update(this.#context, wanted, prior) : type.create(this.#context, wanted);
    return this.#read(type, written);
  }

  #read(type: ResourceType, state: ObjectValue): ObjectValue | null {
    const found = type.read(this.#context, state);
    return found ? conform(type.schema, found) : null;
  }

  #importState(request: WireMessage): WireMessage {
    const type = this.#resource(request);
    const state = type.parseImportId(this.#context, request["id"] as string);
    return {
      imported_resources: [{ type_name: request["type_name"], state: dynamic(conform(type.schema, state)) }],
    };
  }

  #readDataSource(request: WireMessage): WireMessage {
    const type = this.#catalogue.dataSources[request["type_name"] as string];
    if (!type) throw new Error(`the stub has no data source ${String(request["type_name"])}`);
    return { state: dynamic(conform(type.schema, type.read(this.#context, objectOf(request["config"]) ?? {}))) };
  }

  #resource(request: WireMessage): ResourceType {
    const type = this.#catalogue.resources[request["type_name"] as string];
    if (!type) throw new Error(`the stub has no resource ${String(request["type_name"])}`);
    return type;
  }
}

function guarded(answer: () => WireMessage): WireMessage {
  try {
    return answer();
  } catch (error) {
    return { diagnostics: [errorMessage(error)] };
  }
}

function errorMessage(error: unknown): WireMessage {
  return { severity: ERROR, summary: error instanceof Error ? error.message : String(error), detail: "" };
}

function complaintMessage({ attribute, message }: Complaint): WireMessage {
  return { severity: ERROR, summary: message, attribute: { steps: [{ attribute_name: attribute }] } };
}

function dynamic(value: Value): WireMessage {
  return { msgpack: encodeValue(value) };
}

/** The object of a DynamicValue; null where it stands for "nothing there". */
function objectOf(message: WireValue): ObjectValue | null {
  const bytes = (message as WireMessage | undefined)?.["msgpack"];
  const value = bytes instanceof Uint8Array ? decodeValue(bytes) : null;
  return isObject(value) ? value : null;
}
