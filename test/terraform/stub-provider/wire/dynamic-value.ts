import { decode, encode, ExtensionCodec } from "@msgpack/msgpack";
import { Unknown, type Value } from "./value.ts";

/** Extension numbers that Terraform's value encoding gives to a value that is not known yet. */
const UNKNOWN = 0;
const REFINED_UNKNOWN = 12;

const codec = new ExtensionCodec();
codec.register({
  type: UNKNOWN,
  encode: (value) => (value instanceof Unknown && !value.refinement ? Uint8Array.of(0) : null),
  decode: () => new Unknown(),
});
codec.register({
  type: REFINED_UNKNOWN,
  encode: (value) => (value instanceof Unknown ? (value.refinement ?? null) : null),
  decode: (bytes) => new Unknown(Uint8Array.from(bytes)),
});

export function encodeValue(value: Value): Uint8Array {
  return encode(value, { extensionCodec: codec });
}

/** Terraform encodes by schema, so what arrives has the shape of a value. */
export function decodeValue(bytes: Uint8Array): Value {
  return decode(bytes, { extensionCodec: codec }) as Value;
}
