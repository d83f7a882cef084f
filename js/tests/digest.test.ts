import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import vectors from "../../contract/digests.json";
import { canonical, exactArgs, indented, read } from "../src/canonical";
import { digest } from "../src/digest";
import { sha256 } from "../src/sha256";
import type { Json } from "../src/wire";

/** Of these JavaScript's numbers are not exact. */
const ROUNDED = ["integers that JavaScript rounds", "fractions"];

const json = fc.jsonValue() as fc.Arbitrary<Json>;
const args = fc.dictionary(fc.oneof(fc.string({ unit: "binary" }), fc.constant("__proto__")), json);
const of = (value: { [name: string]: Json }): string =>
  digest("c", "t", exactArgs({ args: value, args_json: null }));

test.each(vectors)("the digest is that of the contract: $name", (vector) => {
  const exact = exactArgs({ args: {}, args_json: vector.args });
  expect(canonical([vector.call_id, vector.tool_name, exact])).toBe(vector.canonical);
  expect(digest(vector.call_id, vector.tool_name, exact)).toBe(vector.digest);
});

test.each(vectors)(
  "without their exact text arguments have the same digest unless they were rounded: $name",
  (vector) => {
    const plain = exactArgs({ args: JSON.parse(vector.args), args_json: null });
    expect(digest(vector.call_id, vector.tool_name, plain) === vector.digest).toBe(
      !ROUNDED.includes(vector.name),
    );
  },
);

test("the hash is SHA-256", () => {
  for (let length = 0; length <= 200; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, at) => at * length);
    expect(sha256(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
  }
  expect(sha256(new Uint8Array(1_000_000).fill(97))).toBe(
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
  );
});

test("what is read is written as it was", () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(JSON.parse(canonical(read(JSON.stringify(value))))).toEqual(JSON.parse(JSON.stringify(value)));
      expect(indented(read(JSON.stringify(value)))).toBe(JSON.stringify(value, null, 2));
    }),
  );
});

test("the order of names does not change the digest", () => {
  fc.assert(
    fc.property(args, (value) => {
      expect(of(Object.fromEntries(Object.entries(value).reverse()))).toBe(of(value));
    }),
  );
});

test("any change changes the digest", () => {
  fc.assert(
    fc.property(args, args, (one, other) => {
      const same =
        canonical(exactArgs({ args: one, args_json: null })) ===
        canonical(exactArgs({ args: other, args_json: null }));
      expect(of(one) === of(other)).toBe(same);
    }),
  );
});

test.each<[string, string, string]>([
  ["a digit", '{"n":9007199254740993}', '{"n":9007199254740992}'],
  ["how a number is written", '{"n":1.0}', '{"n":1}'],
  ["a number and its text", '{"n":1}', '{"n":"1"}'],
  ["the sign of nothing", '{"n":-0.0}', '{"n":0.0}'],
  ["null and its absence", '{"n":null}', "{}"],
  ["a list and an object", '{"n":["a"]}', '{"n":{"0":"a"}}'],
  ["a hidden character", '{"n":"ab"}', '{"n":"a\u200bb"}'],
  ["text that looks like a mark", '{"n":"n1"}', '{"n":"s1"}'],
])("the digest tells apart: %s", (_, one, other) => {
  const [left, right] = [one, other].map((args_json) => digest("c", "t", exactArgs({ args: {}, args_json })));
  expect(left).not.toBe(right);
});
