/**
 * `next`, with every part of it that equals the same part of `previous` replaced by that part. What did not change
 * keeps its identity, so that views can tell by `===`.
 */
export function share<T>(previous: unknown, next: T): T {
  if (previous === next || !isNested(previous) || !isNested(next)) return next;
  if (Array.isArray(next)) {
    if (!Array.isArray(previous)) return next;
    const merged = next.map((item, index) => share(previous[index], item));
    const same = previous.length === merged.length && merged.every((item, index) => item === previous[index]);
    return (same ? previous : merged) as T;
  }
  if (Array.isArray(previous)) return next;
  const keys = Object.keys(next);
  const merged = Object.fromEntries(keys.map((key) => [key, share(previous[key], next[key])]));
  const before = Object.keys(previous);
  const same =
    before.length === keys.length &&
    keys.every((key, index) => key === before[index] && merged[key] === previous[key]);
  return (same ? previous : merged) as T;
}

function isNested(value: unknown): value is { [key: string]: unknown } {
  return typeof value === "object" && value !== null;
}
