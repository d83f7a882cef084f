import type { ComponentChild, VNode } from "preact";

const ring = "M14.25 8a6.25 6.25 0 1 1-12.5 0 6.25 6.25 0 0 1 12.5 0z";
const page = "M9 1.75H3.25v12.5h9.5V5.5zV5.5h3.75";
const box = "M2.25 2.25h11.5v11.5H2.25z";
const screen = "M1.75 2.75h12.5v10.5H1.75z";

/** On a 16 px grid, drawn with strokes of 1.5 px. */
const drawings = {
  attach:
    "m13.5 7.25-5.4 5.4a3.2 3.2 0 0 1-4.55-4.5l5.6-5.6a2.1 2.1 0 0 1 3 3l-5.6 5.55a1.05 1.05 0 0 1-1.5-1.5l4.7-4.7",
  cancelled: `${ring}M5.5 8h5`,
  check: "m3.25 8.5 3 3 6.5-7.25",
  chevron: "m6 3.75 4.25 4.25L6 12.25",
  close: "m4 4 8 8m0-8-8 8",
  copy: "M5.25 5.25h9v9h-9zM2.75 10.75h-1v-9h9v1",
  details: "M2.5 4h11M2.5 8h11M2.5 12h7",
  done: `${ring}M5.25 8.25 7.2 10.2l3.6-4.2`,
  down: "M8 3v9.5M4 8.75l4 4 4-4",
  download: "M8 2v8.25M4.75 7.25 8 10.5l3.25-3.25M2.5 13.75h11",
  edit: "M2.5 13.5l.75-3.25 7.5-7.5a1.3 1.3 0 0 1 1.85 0l.65.65a1.3 1.3 0 0 1 0 1.85l-7.5 7.5zM9.5 4l2.5 2.5",
  failed: `${ring}M6 6l4 4m0-4-4 4`,
  file: page,
  globe: `${ring}M1.75 8h12.5M8 1.75c1.75 1.9 2.6 4 2.6 6.25S9.75 12.35 8 14.25C6.25 12.35 5.4 10.25 5.4 8S6.25 3.65 8 1.75z`,
  hidden:
    "M1.75 8S4 3.75 8 3.75 14.25 8 14.25 8 12 12.25 8 12.25 1.75 8 1.75 8zM9.75 8a1.75 1.75 0 1 1-3.5 0 1.75 1.75 0 0 1 3.5 0zM3 13.25l10-10.5",
  image: `${screen}M6.35 6.25a1.1 1.1 0 1 1-2.2 0 1.1 1.1 0 0 1 2.2 0zM2.25 12l3.5-3.25 2.25 2 3.25-3.75L14 10`,
  key: "M8.25 10.75a3 3 0 1 1-6 0 3 3 0 0 1 6 0zM7.5 8.5l6-6M10.75 5.25l2 2",
  message: "M1.75 2.75h12.5v8.5H8l-3.25 2.5v-2.5h-3z",
  notice: `${ring}M8 4.75v3.75M8 11.1v.05`,
  offline:
    "M2 6.4a8.6 8.6 0 0 1 3.1-1.9M7.6 4A8.6 8.6 0 0 1 14 6.4M4.5 9.1a5 5 0 0 1 2-1.2M10.3 8.3c.4.2.85.5 1.2.8M8 11.75v.01M2.5 2.5l11 11",
  policy: "M5.5 4.5 2 8l3.5 3.5M10.5 4.5 14 8l-3.5 3.5",
  retry: "M13.25 8a5.25 5.25 0 1 1-1.55-3.7l1.8 1.7M13.5 2.75V6h-3.25",
  save: "M1.75 13.25v-10h4.5L7.75 5h6.5v8.25zM8 7v3.75M6.25 9.1 8 10.85 9.75 9.1",
  search: "M11.25 6.75a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0zM10 10l3.75 3.75",
  send: "M8 13V3.5M4 7.25 8 3.25l4 4",
  stop: "M4.25 4.25h7.5v7.5h-7.5z",
  table: `${screen}M1.75 6.25h12.5M1.75 9.75h12.5M6.25 6.25v7`,
  "task-done": `${box}M5.25 8.25l2 2 3.5-4`,
  "task-open": box,
  terminal: `${screen}M4.75 6l2 2-2 2M8.75 10.25h2.5`,
  text: `${page}M6 8.5h4M6 11.25h4`,
  thought: "M10.5 8a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z",
  tool: "M8 2.25 13.75 8 8 13.75 2.25 8z",
  waiting: `${ring}M6.5 5.75v4.5M9.5 5.75v4.5`,
} as const;

export type IconName = keyof typeof drawings | "more" | "pending" | "running";

interface Props {
  name: IconName;
  small?: boolean;
  class?: string;
}

/** Decoration only: a word stands beside every icon. */
export function Icon({ name, small = false, class: extra = "" }: Props): VNode {
  const classes = ["sigmic-icon"];
  if (small) classes.push("sigmic-icon--small");
  if (name === "running") classes.push("sigmic-icon--spinning");
  if (extra !== "") classes.push(extra);
  return (
    <svg class={classes.join(" ")} viewBox="0 0 16 16" aria-hidden="true">
      {drawing(name)}
    </svg>
  );
}

function drawing(name: IconName): ComponentChild {
  switch (name) {
    case "more":
      return <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" stroke-width="2.25" />;
    case "pending":
      return <path d={ring} stroke-dasharray="2.45 2.45" />;
    case "running":
      return (
        <>
          <path d={ring} opacity=".25" />
          <path d="M8 1.75A6.25 6.25 0 0 1 14.25 8" />
        </>
      );
    default:
      return <path d={drawings[name]} />;
  }
}
