import type { IconName } from "./Icon";

/** The first pattern that fits the tool's name decides. */
const PATTERNS: readonly (readonly [RegExp, IconName])[] = [
  [/shell|bash|command|terminal|exec|python|run_/, "terminal"],
  [/search|grep|glob|find/, "search"],
  [/fetch|web|http|url|browse/, "globe"],
  [/write|edit|replace|patch|create|update|delete|move/, "edit"],
  [/file|read|list|dir|open|view/, "file"],
];

export function toolIcon(toolName: string): IconName {
  const name = toolName.toLowerCase();
  return PATTERNS.find(([pattern]) => pattern.test(name))?.[1] ?? "tool";
}
