/**
 * Every word that is shown, in one place so that it can be translated. `{name}` stands for what the view puts
 * there (see view/Rich.tsx). What is looked up by a name stands apart: the build puts all other words where they are
 * used, as long as they are read as `texts.group.word`.
 */

import { grouped, plural } from "./texts/plural";

export * from "./texts/approval";
export { composer } from "./texts/composer";
export { files } from "./texts/files";
export { language } from "./texts/plural";

export const frame = "Sigmic task";

export const status = {
  connecting: "Connecting",
  notConnected: "Not connected",
  pending: "Pending",
  running: "Running",
  awaiting_approval: "Waiting for approval",
  completed: "Completed",
  failed: "Failed",
  cancelled: "Cancelled",
  waits: (calls: number) => (calls === 1 ? "1 call waits for you" : `${calls} calls wait for you`),
  deciding: "Sending your decision",
} as const;

export const header = {
  stop: "Stop",
  stopping: "Stopping…",
  stopFailed: "Stop was not confirmed",
  stopFailedHint: "The task may go on. Try Stop again.",
  more: "More actions",
  elapsed: "Elapsed time",
  retryingIn: (time: string) => `retrying in ${time}`,
  retrying: "retrying",
  asOf: (time: string) => `as of ${time}`,
  quiet: (time: string) => `no update for ${time}`,
  stillConnected: ", still connected",
} as const;

export const kernelBusy = "The kernel is busy. What you clicked is delivered when the running cell ends.";

export const menu = {
  copyId: "Copy task id",
  copyAnswer: "Copy answer as Markdown",
  showDetails: "Show details",
  hideDetails: "Hide details",
} as const;

export const copy = { copy: "Copy", copied: "Copied", failed: "Select and copy by hand" } as const;

export const details = {
  label: "Details of the task",
  task: "Task",
  session: "Session",
  conversation: "Conversation",
  user: "User",
  created: "Created",
  started: "Started",
  completed: "Completed",
  updated: "Last news",
  tools: "Runs tools",
  toolsAlone: "by itself",
  toolsAsked: "each after approval",
  history: "In the history",
  shown: "shown",
  hidden: "hidden",
  systemPrompt: "System prompt",
  env: "Environment",
  secrets: "Secrets",
  masked: ", masked everywhere",
  loading: "Asking the kernel for the rest…",
  failed: "The rest could not be fetched: ",
} as const;

export const args = {
  label: "Arguments",
  none: "No arguments",
  empty: "empty",
  changed: (args: number) => `, ${args} changed`,
  position: (from: number, to: number, of: number) =>
    `lines ${grouped(from)}–${grouped(to)} of ${grouped(of)}`,
  raw: "Raw",
  laidOut: "Laid out",
  host: "Host as it is sent: {ascii}",
  mixed: "Letters of several scripts in {host}; as it is sent: {ascii}",
  hosts: (count: number) => `and ${plural(count, "more host", "more hosts")} of that kind`,
  count: (args: number, characters: number) =>
    `${plural(args, "argument", "arguments")}, ${plural(characters, "character", "characters")}`,
} as const;

export const decision = {
  section: "Decisions",
  once: "Approved once",
  always: "Approved for this session",
  approved: "Approved",
  rejected: "Rejected",
  byNobody: "because the task ended before it was decided",
  approvalFailed: "Approval not delivered",
  rejectionFailed: "Rejection not delivered",
  byYou: "by you",
  byPolicy: "by the policy {policy}",
  confirmed: (time: string) => `confirmed ${time}`,
  unconfirmed: "not confirmed",
  cancelled: "The call was cancelled.",
  notCancelled: "The rejection is not confirmed.",
  earlier: (count: number) => `Show ${plural(count, "earlier decision", "earlier decisions")}`,
} as const;

/** By whom a call was decided that nobody here decided. */
export const others = {
  elsewhere: "Already decided elsewhere",
  stop: "Cancelled with the task",
  expired: "Expired",
} as const;

export const reasons = {
  waiting: "Your reason follows as a message when the task can take one:",
  sending: "Your reason is being sent as a message:",
  sent: "Your reason was sent as a message:",
  failed: "Your reason could not be sent:",
  dropped: "Your reason was not sent, the task was stopped:",
} as const;

export const timeline = {
  working: "Working",
  steps: (count: number) => plural(count, "step", "steps"),
  thoughts: (count: number) => plural(count, "thought", "thoughts"),
  calls: (count: number) => plural(count, "tool call", "tool calls"),
  approved: (count: number) => `${count} approved by you`,
  rejected: (count: number) => `${count} rejected by you`,
  worked: (time: string) => `worked ${time}`,
  waited: (time: string) => `waited ${time} for you`,
  thinking: "thinking",
  untitled: "Thought",
} as const;

export const callStatus = {
  pending: "pending",
  waiting: "waiting for you",
  deciding: "sending your decision",
  running: "running",
  success: "succeeded",
  failed: "failed",
  rejected: "rejected",
  cancelled: "cancelled",
  unfinished: "not finished",
} as const;

export const output = {
  label: "Output",
  all: (size: string) => `Show all (${size})`,
  lines: (count: number) => plural(count, "line", "lines"),
  less: "Show less",
} as const;

export const answer = { label: "Answer", soFar: "Answer so far", jump: "Jump to latest" } as const;

export const markdown = {
  code: "code",
  table: "Table",
  done: "done:",
  open: "to do:",
  imageFrom: "Image from {host} not loaded",
  imageElsewhere: "Image not loaded",
  imageFailed: "Image from {host} could not be loaded",
  loadImage: "Load image",
} as const;

export const problem = {
  label: "Problem",
  connection: "Connection",
  kept: "Kept",
  todo: "What you can do",
  keptAnswer: (characters: number) => `the answer so far (${plural(characters, "character", "characters")})`,
  keptSteps: (steps: number) => plural(steps, "step", "steps"),
  keptFiles: (files: number) => plural(files, "file", "files"),
  keptNothing: "nothing had arrived yet",
  answered: (code: string) => `It answered ${code}.`,
  setKey:
    "The task itself is not affected. Set a valid key, leave api_key out of Client(…), and run this cell again:",
  setKeyCode: 'import getpass, os\nos.environ["SIGMIC_API_KEY"] = getpass.getpass("API key: ")',
  lostSince: (time: string) => `No connection to the service since ${time}`,
  lost: "No connection to the service",
  lostText:
    "The task goes on there. What has arrived is kept below, the rest follows once the connection is back.",
  retryNow: "Retry now",
  retrying: "Retrying…",
  nextTry: (time: string, wait: string) => `Next try at ${time}, in ${wait}`,
  retryFailed: "Still no connection.",
  gone: "The task goes on, unseen.",
  goneHint: "attach(…) with its id, which the menu has, follows it again.",
  unsent: "The kernel could not be reached.",
  unsentHint: "See whether it is running, then try again.",
} as const;

export const problemTitles = {
  task_failed: "The service reported an error",
  configuration: "The settings are not complete",
  authentication: "The service did not accept the API key",
  permission: "This API key may not see the task",
  not_found: "The service knows no such task",
  validation: "The service did not accept the request",
  changed: "The call changed after it was shown",
  rate_limit: "The service asks for fewer requests",
  server: "The service has a problem",
  connection: "The service cannot be reached",
  unexpected_response: "The service answered in a way that is not understood",
  kernel: "The kernel that followed the task has ended",
  internal: "Something went wrong in this notebook",
} as const;

export const announce = {
  started: "Task started",
  approval: (tool: string) => `Approval needed: ${tool}`,
  changed: (tool: string) => `This call changed, look again: ${tool}`,
  completed: "Task completed",
  failed: "Task failed",
  cancelled: "Task cancelled",
} as const;
