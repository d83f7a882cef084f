import { expect, test } from "vitest";
import vectors from "../../contract/digests.json";
import { canonical, exactArgs } from "../src/canonical";
import { digest } from "../src/digest";

test.each(vectors)("the digest is that of the contract: $name", (vector) => {
  const args = exactArgs({ args: {}, args_json: vector.args });
  expect(canonical([vector.call_id, vector.tool_name, args])).toBe(vector.canonical);
  expect(digest(vector.call_id, vector.tool_name, args)).toBe(vector.digest);
});
