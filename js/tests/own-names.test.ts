import { expect, test } from "vitest";
// @ts-expect-error: it is a script of the build
import { ownNames } from "../own-names.mjs";

test.each([
  ["of ours", "a.barredBy.onDecide", ["barredBy", "onDecide"]],
  ["in an object", "f({isSeen:1,rowClass:2});let{hintId:y,scroll}=x", ["isSeen", "rowClass", "hintId"]],
  ["of Preact's own", "a.__k=b.__v", ["__k", "__v"]],
  ["of the browser", "a.preventScroll||b.containIntrinsicBlockSize||c.setRangeText", []],
  ["of JavaScript", "a.findLast(b).hour", []],
  ["of elements", "h({onFocusIn:a,tabIndex:b})", []],
  ["of the contract", "a.pending_approvals[0].call_id||b._revision", []],
  ["of a text", 'a.asking;b["asking"]', []],
  ["of a place in a text", 'values({zebra:1});let t="A {zebra}"', []],
  ["of a group of texts", "texts.composer.zebra", ["zebra"]],
])("names %s", async (_, code, names) => {
  expect(await ownNames(code)).toEqual(names);
});
