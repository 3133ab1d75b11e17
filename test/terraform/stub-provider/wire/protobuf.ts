/**
 * The part of the protobuf wire format that tfplugin6 needs, driven by a table of messages. A
 * generator or a runtime such as protobufjs would bring a dependency for about a hundred lines.
 */

/** `map` is a map with string keys; its fields are the value's. */
export type FieldType = "string" | "bytes" | "bool" | "int" | MessageType | { readonly map: MessageType };

export interface Field {
  readonly number: number;
  readonly name: string;
  readonly type: FieldType;
  readonly repeated?: true;
}

export interface MessageType {
  readonly fields: readonly Field[];
}

export type WireValue = string | number | boolean | Uint8Array | WireMessage | WireList | undefined;
type WireList = readonly WireValue[];
export interface WireMessage {
  readonly [field: string]: WireValue;
}

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const SKIPPED_BYTES: Readonly<Record<number, number>> = { 1: 8, 5: 4 };

export function encodeMessage(type: MessageType, message: WireMessage): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const field of type.fields) {
    const value = message[field.name];
    if (value === undefined) continue;
    if (field.repeated) {
      for (const item of value as WireList) parts.push(encodeField(field.number, field.type, item));
    } else if (typeof field.type === "object" && "map" in field.type) {
      for (const [key, item] of Object.entries(value as WireMessage)) {
        parts.push(encodeField(field.number, mapEntry(field.type.map), { key, value: item }));
      }
    } else {
      parts.push(encodeField(field.number, field.type, value));
    }
  }
  return Buffer.concat(parts);
}

export function decodeMessage(type: MessageType, bytes: Uint8Array): WireMessage {
  const message: Record<string, WireValue> = {};
  let position = 0;
  while (position < bytes.length) {
    const tag = readVarint(bytes, position);
    const wireType = tag.value & 7;
    const field = type.fields.find((candidate) => candidate.number === tag.value >>> 3);
    if (wireType === VARINT) {
      const number = readVarint(bytes, tag.next);
      position = number.next;
      if (field) message[field.name] = field.type === "bool" ? number.value !== 0 : number.value;
    } else if (wireType === LENGTH_DELIMITED) {
      const length = readVarint(bytes, tag.next);
      position = length.next + length.value;
      if (field) store(message, field, bytes.subarray(length.next, position));
    } else {
      position = tag.next + (SKIPPED_BYTES[wireType] ?? unreadable(wireType));
    }
  }
  return message;
}

function mapEntry(value: MessageType): MessageType {
  return {
    fields: [
      { number: 1, name: "key", type: "string" },
      { number: 2, name: "value", type: value },
    ],
  };
}

function encodeField(number: number, type: FieldType, value: WireValue): Uint8Array {
  if (type === "bool" || type === "int") {
    return Uint8Array.from([...varint((number << 3) | VARINT), ...varint(Number(value))]);
  }
  const payload = encodePayload(type, value);
  const head = Uint8Array.from([...varint((number << 3) | LENGTH_DELIMITED), ...varint(payload.length)]);
  return Buffer.concat([head, payload]);
}

function encodePayload(type: FieldType, value: WireValue): Uint8Array {
  if (type === "string") return Buffer.from(value as string, "utf8");
  if (type === "bytes") return value as Uint8Array;
  return encodeMessage(type as MessageType, value as WireMessage);
}

function store(message: Record<string, WireValue>, field: Field, payload: Uint8Array): void {
  if (typeof field.type === "object" && "map" in field.type) {
    const entry = decodeMessage(mapEntry(field.type.map), payload);
    const known = (message[field.name] ?? {}) as WireMessage;
    message[field.name] = { ...known, [entry["key"] as string]: entry["value"] };
    return;
  }
  const value = decodePayload(field.type, payload);
  message[field.name] = field.repeated ? [...((message[field.name] ?? []) as WireList), value] : value;
}

function decodePayload(type: Exclude<FieldType, { readonly map: MessageType }>, payload: Uint8Array): WireValue {
  if (type === "string") return Buffer.from(payload).toString("utf8");
  if (typeof type === "object") return decodeMessage(type, payload);
  return payload;
}

/** Numbers of the protocol stay far below 2^31, so plain integer arithmetic is enough. */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
  return bytes;
}

function readVarint(bytes: Uint8Array, start: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let position = start, factor = 1; position < bytes.length; position += 1, factor *= 128) {
    const byte = bytes[position] ?? 0;
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return { value, next: position + 1 };
  }
  throw new Error("truncated protobuf varint");
}

function unreadable(wireType: number): never {
  throw new Error(`protobuf wire type ${wireType} is not in use in tfplugin6`);
}
