import { enumerateWords } from "../../words/enumerate-words.ts";
import { nearestName } from "../../words/nearest-name.ts";
import type { DataPath } from "../text/parsed-file.ts";
import type { SchemaError } from "./generated/validators.js";
import {
  type FoundNode,
  pointerSteps,
  type SchemaNode,
  type SchemaStart,
  schemaNodeAt,
  valueAtSteps,
} from "./schema-node.ts";

interface Description {
  readonly message: string;
  readonly help?: string;
  /** Where it is shown, if not at the value. */
  readonly at?: { readonly path: DataPath; readonly part: "key" | "value" };
}

/** What a form is called, for definitions that are a pattern. */
const forms: Readonly<Record<string, string>> = {
  name: "a name: lower-case letters, digits and hyphens, a letter first and no hyphen last, at most 49 characters",
  selectorName:
    "a name: lower-case letters, digits and hyphens, a letter first and no hyphen last, at most 49 characters",
  cloudRunName:
    "a Cloud Run id: lower-case letters, digits and hyphens, a letter first and no hyphen last, at most 49 characters",
  ownerName: "an owner's name: letters, digits, and . _ - between them",
  projectId: "a project id: 6 to 30 lower-case letters, digits and hyphens, a letter first",
  projectNumber: "a project number",
  region: "a region, like europe-west1",
  email: "an email address",
  date: "a date like 2027-01-31, or a timestamp like 2027-01-31T18:00Z",
  accountId: "an account id: lower-case letters, digits and hyphens, a letter first",
  issuer: "an https:// URL",
  image: "the name of a container image",
};

const types: Readonly<Record<string, string>> = {
  string: "text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  object: "a map",
  array: "a list",
  null: "null",
};

/**
 * A schema error as a sentence.
 * @param path the path of the value in its file
 * @param data what was validated
 * @param start what the data is held against: a definition, or an included file; undefined for the root file
 */
export function describeSchemaError(
  error: SchemaError,
  path: DataPath,
  data: unknown,
  start: SchemaStart,
): Description {
  const key = nameOfPlace(path);
  const steps = pointerSteps(error.instancePath);
  const value = valueAtSteps(data, steps);
  const found = schemaNodeAt(data, steps, start);
  switch (error.keyword) {
    case "additionalProperties":
      return unknownKey(String(error.params["additionalProperty"]), found, path);
    case "propertyNames":
      return badKey(String(error.params["propertyName"]), found, path);
    case "required":
      return { message: `${key} lacks "${error.params["missingProperty"]}"`, at: { path, part: "key" } };
    case "type":
      return {
        message: `${key} must be ${typeNames(error.params["type"])}, not ${nameOf(value)}`,
        ...adviceForType(error, value, found),
      };
    case "const":
      return {
        message: `${key} must be ${JSON.stringify(error.params["allowedValue"])}, not ${JSON.stringify(value)}`,
      };
    case "enum":
      return notOneOf(key, value, error.params["allowedValues"]);
    case "oneOf":
    case "anyOf":
    case "not":
      return notThisCombination(found, path, value);
    case "uniqueItems":
      return { message: `${key} holds the same item twice`, help: "delete one of them" };
    default:
      return wrongForm(key, value, error, found);
  }
}

function unknownKey(name: string, { node, definition }: FoundNode, path: DataPath): Description {
  const at = { path: [...path, name], part: "key" } as const;
  if (definition === "include") {
    const help = "included files hold services, callers, sets and trust; write it in the root file";
    return { message: `an included file takes no key "${name}"`, help, at };
  }
  const known = Object.keys((node["properties"] as SchemaNode | undefined) ?? {});
  const near = nearestName(name, known);
  return {
    message:
      path.length === 0 ? `no key of a matrix is called "${name}"` : `${nameOfPlace(path)} takes no key "${name}"`,
    help:
      near === undefined
        ? `${adviceForKey(name)}it takes ${enumerateWords([...known].sort(), "and")}`
        : `did you mean "${near}"?`,
    at,
  };
}

/** What YAML makes of a key without a space after its colon. */
function adviceForKey(name: string): string {
  return /^[a-zA-Z]+:\S/.test(name) ? "put a space after the colon; " : "";
}

/** A place as a sentence names it: its key, or its number in a list. */
function nameOfPlace(path: DataPath): string {
  const last = path.at(-1);
  if (last === undefined) return "the file";
  return typeof last === "number" && path.length > 1 ? `entry ${last + 1} of "${path.at(-2)}"` : `"${last}"`;
}

function badKey(name: string, { node }: FoundNode, path: DataPath): Description {
  const at = { path: [...path, name], part: "key" } as const;
  const names = node["propertyNames"] as { readonly enum?: readonly string[]; readonly $ref?: string } | undefined;
  if (names?.enum !== undefined) {
    const near = nearestName(name, names.enum);
    return {
      message: `${nameOfPlace(path)} takes no key "${name}"`,
      help: near === undefined ? `it takes ${enumerateWords(names.enum, "or")}` : `did you mean "${near}"?`,
      at,
    };
  }
  if (reserved.includes(name))
    return { message: `"${name}" is reserved and cannot be a name`, help: "choose another", at };
  const suggestion = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "")
    .slice(0, 49);
  return {
    message: `"${name}" is not ${forms[names?.$ref?.replace("#/$defs/", "") ?? "name"] ?? forms["name"]}`,
    ...(suggestion === "" || suggestion === name ? {} : { help: `write it as ${suggestion}` }),
    at,
  };
}

const reserved = ["internet", "any", "all", "not"];

function notOneOf(key: string, value: unknown, allowed: unknown): Description {
  const words = (allowed as readonly unknown[]).map(String);
  const near = typeof value === "string" ? nearestName(value, words) : undefined;
  return {
    message: `${key} must be ${enumerateWords(words, "or")}, not ${shown(value)}`,
    ...(near === undefined ? {} : { help: `did you mean "${near}"?` }),
  };
}

function notThisCombination({ node, definition }: FoundNode, path: DataPath, value: unknown): Description {
  const key = nameOfPlace(path);
  const at = { path, part: "key" } as const;
  if (definition === "selectorConditions" || definition === "exceptionMatch" || definition === "requiredEdges")
    return {
      message: `${key} does not say what it matches`,
      help: `it takes ${enumerateWords(Object.keys(node["properties"] ?? {}), "and")}`,
      at,
    };
  if (definition === "account")
    return {
      message: `${key} has an email beside id or manage`,
      help: "email names an account elsewhere; write the email alone",
      at,
    };
  if (definition === "guardrailRule") return { message: `${key} must have either "never" or "require"`, at };
  if (definition === "oidc")
    return {
      message: `${key} would let in every caller of its issuer`,
      help: "name the subject, or claims and their values",
      at,
    };
  if (definition === "name")
    return { message: `${shown(value)} is reserved and cannot be a name`, help: "choose another" };
  const kinds = ((node["oneOf"] ?? []) as readonly { readonly required: readonly string[] }[]).flatMap(
    ({ required }) => required,
  );
  const given = Object.keys((value ?? {}) as object).filter((name) => kinds.includes(name));
  return given.length > 1
    ? { message: `${key} is ${enumerateWords(given, "and")} at once`, help: "make a caller of each", at }
    : { message: `${key} does not say who it is`, help: `write one of ${enumerateWords(kinds, "or")}`, at };
}

function wrongForm(
  key: string,
  value: unknown,
  { keyword, params }: SchemaError,
  { node, definition }: FoundNode,
): Description {
  const form = forms[definition ?? ""];
  const limit = Number(params["limit"]);
  if (keyword === "maxLength") return { message: `${key} is longer than ${limit} characters` };
  if (keyword === "maxProperties") return { message: `${key} takes one key, not several` };
  if (/^min(Items|Properties)$/.test(keyword))
    return { message: `${key} is empty`, help: "fill it, or delete the key" };
  if (definition === "text") return { message: `${key} is blank`, help: "write something, or delete the key" };
  if (form !== undefined) return { message: `${shown(value)} is not ${form}` };
  const example = (node["examples"] as readonly unknown[] | undefined)?.[0];
  return {
    message: `${key} cannot be ${shown(value)}`,
    ...(example === undefined ? {} : { help: `write it like ${JSON.stringify(example)}` }),
  };
}

/** What to write instead: text in quotes, a list in brackets, or the example of the schema. */
function adviceForType(error: SchemaError, value: unknown, { node }: FoundNode): { readonly help?: string } {
  const wanted = [error.params["type"]].flat();
  const isPlain = typeof value === "number" || typeof value === "boolean";
  if (isPlain && wanted.includes("string")) return { help: `put it in quotes: "${value}"` };
  if (typeof value === "string" && wanted.includes("array")) return { help: `write [${value}]` };
  const example = (node["examples"] as readonly unknown[] | undefined)?.[0];
  return example === undefined ? {} : { help: `write it like ${JSON.stringify(example)}` };
}

function typeNames(type: unknown): string {
  const names = [...new Set([type].flat().map(String))].map((name) => types[name] ?? name);
  return enumerateWords(names, "or");
}

function nameOf(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "a map" : shown(value);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
