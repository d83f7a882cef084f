import { expect, test } from "vitest";
import { share } from "../src/share";

const before = { list: [{ id: 1 }, { id: 2, tags: ["a"] }], name: "x", none: null };

test("what equals is the same object", () => {
  expect(share(before, structuredClone(before))).toBe(before);
});

test("what differs is new, and what equals inside it is not", () => {
  const after = share(before, { ...structuredClone(before), list: [{ id: 9 }, { id: 2, tags: ["a"] }] });
  expect(after).toEqual({ ...before, list: [{ id: 9 }, { id: 2, tags: ["a"] }] });
  expect(after.list[1]).toBe(before.list[1]);
});

test.each([
  ["a key less", { a: 1, b: 2 }, { a: 1 }],
  ["a key more", { a: 1 }, { a: 1, b: undefined }],
  ["another order", { a: 1, b: 2 }, { b: 2, a: 1 }],
  ["a shorter list", [1, 2], [1]],
  ["a list for an object", { 0: 1 }, [1]],
  ["an object for a list", [1], { 0: 1 }],
  ["nothing for something", { a: 1 }, null],
  ["text for a number", 1, "1"],
])("%s is another value", (_, previous, next) => {
  const shared = share<unknown>(previous, next);
  expect(shared).toStrictEqual(next);
  expect(JSON.stringify(shared)).toBe(JSON.stringify(next));
});
