import { describe, expect, test } from "vitest";
import { decodeValue, encodeValue } from "./stub-provider/wire/dynamic-value.ts";
import { decodeMessage, encodeMessage, type MessageType } from "./stub-provider/wire/protobuf.ts";
import { Unknown } from "./stub-provider/wire/value.ts";
import { attributeSchema } from "./stub-provider/schemas/schema.ts";

const inner: MessageType = { fields: [{ number: 1, name: "count", type: "int" }] };
const outer: MessageType = {
  fields: [
    { number: 1, name: "count", type: "int" },
    { number: 2, name: "text", type: "string" },
    { number: 3, name: "inner", type: inner, repeated: true },
    { number: 4, name: "named", type: { map: inner } },
    { number: 5, name: "flag", type: "bool" },
  ],
};

describe("the wire formats of the stub", () => {
  test("protobuf messages have the bytes of the format's own examples", () => {
    expect(encodeMessage(outer, { count: 150 })).toEqual(Buffer.from("089601", "hex"));
    expect(encodeMessage(outer, { text: "testing" })).toEqual(Buffer.from("120774657374696e67", "hex"));
    expect(encodeMessage(outer, { inner: [{ count: 150 }] })).toEqual(Buffer.from("1a03089601", "hex"));
  });

  test("a message comes back as it went, and unknown fields are skipped", () => {
    const message = {
      count: 300,
      text: "ü",
      inner: [{ count: 1 }, { count: 2 }],
      named: { a: { count: 3 }, b: {} },
      flag: true,
    };
    expect(decodeMessage(outer, encodeMessage(outer, message))).toEqual(message);
    const fixed64AndFixed32 = Buffer.from("3900000000000000003d00000000", "hex");
    expect(decodeMessage(outer, Buffer.concat([fixed64AndFixed32, encodeMessage(outer, { count: 7 })]))).toEqual({
      count: 7,
    });
  });

  test("unknown values keep what Terraform knows about them", () => {
    const plain = Buffer.from("d40000", "hex");
    const notNull = Buffer.from("c7030c8101c2", "hex");
    expect(decodeValue(plain)).toBeInstanceOf(Unknown);
    expect(Buffer.from(encodeValue(decodeValue(plain)))).toEqual(plain);
    expect(Buffer.from(encodeValue({ a: [decodeValue(notNull)] }))).toEqual(
      Buffer.concat([Buffer.from("81a16191", "hex"), notNull]),
    );
  });

  test("an attribute's line says its type", () => {
    expect(attributeSchema("list(object(a:string,b:map(number))) computed")).toMatchObject({
      type: ["list", ["object", { a: "string", b: ["map", "number"] }]],
      computed: true,
      required: false,
    });
    expect(attributeSchema("bool optional default=true").default).toBe(true);
    expect(() => attributeSchema("text required")).toThrow("unknown type");
  });
});
