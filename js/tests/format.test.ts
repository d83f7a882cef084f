import { describe, expect, test } from "vitest";
import {
  between,
  byteCount,
  characterCount,
  clockTime,
  dateTime,
  duration,
  grouped,
  instant,
  lineCount,
  wholeSeconds,
} from "../src/format";

test.each([
  [0, "< 0.1 s"],
  [49, "< 0.1 s"],
  [400, "0.4 s"],
  [2_100, "2.1 s"],
  [3_000, "3 s"],
  [9_949, "9.9 s"],
  [9_960, "10 s"],
  [48_400, "48 s"],
  [59_600, "1 min 0 s"],
  [72_000, "1 min 12 s"],
  [7_500_000, "2 h 5 min"],
  [4_000_000_000, "1,111 h 6 min"],
])("a duration of %i ms reads %s", (ms, expected) => {
  expect(duration(ms)).toBe(expected);
});

test.each([
  [0, "0 s"],
  [999, "0 s"],
  [48_999, "48 s"],
  [60_000, "1 min 0 s"],
])("a ticking clock shows %i ms as %s", (ms, expected) => {
  expect(wholeSeconds(ms)).toBe(expected);
});

describe("times", () => {
  test("are read from ISO 8601, and unknown where there is none", () => {
    expect([instant("1970-01-01T00:00:01.500Z"), instant(null), instant("soon")]).toEqual([1500, null, null]);
  });

  test("are shown in the reader's zone", () => {
    const local = new Date(2026, 0, 26, 16, 50, 54).toISOString();
    expect(clockTime(local)).toBe("16:50:54");
    expect(dateTime(local)).toBe("26 January 2026, 16:50:54");
  });

  test("that are unknown show nothing", () => {
    expect([
      clockTime(null),
      dateTime(null),
      between(null, 5),
      between("1970-01-01T00:00:01Z", null),
    ]).toEqual([null, null, null, null]);
  });

  test("never make a negative duration", () => {
    expect(between("1970-01-01T00:00:02Z", 1_000)).toBe(0);
  });
});

test("numbers are grouped", () => {
  expect(grouped(1_204_000)).toBe("1,204,000");
});

test.each([
  [1, "1 byte"],
  [999, "999 bytes"],
  [2_640, "2.6 KB"],
  [41_000, "41 KB"],
  [5_500_000, "5.5 MB"],
])("%i bytes read %s", (bytes, expected) => {
  expect(byteCount(bytes)).toBe(expected);
});

test("characters are counted as a reader counts, lines as an editor does", () => {
  expect(characterCount("a😀b")).toBe(3);
  expect([lineCount("a"), lineCount("a\nb"), lineCount("a\nb\n")]).toEqual([1, 2, 2]);
});
