import { plural } from "./plural";

/** A call that waits for a decision. */
export const approval = {
  section: "Calls that wait for you",
  ask: "Approve {tool}?",
  waiting: (time: string) => `waiting ${time}`,
  agentSays: "The agent says:",
  quoted: (words: string) => `“${words}”`,
  policyFailed: (error: string) => `The policy failed (${error}), so you decide.`,
  lookAgain: "This call changed, look again",
  changed: "The arguments of {tool} changed after they were shown to you.",
  changedAt: (time: string) => `changed ${time}`,
  approvalRefused: "Your approval was not sent, and nothing ran.",
  rejectionRefused: "Your rejection was not sent.",
  seen: (characters: number) => `I have seen all ${plural(characters, "character", "characters")}`,
  orScroll: "or scroll to the end, then approve",
  all: {
    button: (calls: number) => `Approve all (${calls})`,
    hint: "Approves each of these calls once.",
    unseen: (calls: number, unseen: number) =>
      `To approve ${calls === 2 ? "both" : `all ${calls}`} at once, see the long ${unseen === 1 ? "argument to its" : "arguments to their"} end first.`,
  },
  reject: "Reject",
  approveOnce: "Approve once",
  always: "Always…",
  alwaysTitle: "Always approve calls like this one?",
  step: "step 2 of 2",
  rejectWithReason: "Reject with a reason…",
  reasonTitle: "Reject with a reason",
  reasonAside: "two steps",
  reasonLabel: "Your reason, for the agent",
  yourReason: "Your reason:",
  back: "Back",
  approveAlways: "Approve for this session",
  unconfirmed: "not confirmed yet",
  stillWaits: "The call still waits, and nothing ran.",
} as const;

/** Of its title, once it was decided. */
export const delivery = {
  sending: {
    approval: "Sending your approval of {tool}",
    rejection: "Sending your rejection of {tool}",
    policyApproval: "Sending the approval of {tool} by the policy {policy}",
    policyRejection: "Sending the rejection of {tool} by the policy {policy}",
  },
  failed: {
    approval: "Your approval of {tool} did not get through",
    rejection: "Your rejection of {tool} did not get through",
    policyApproval: "The approval of {tool} by the policy {policy} did not get through",
    policyRejection: "The rejection of {tool} by the policy {policy} did not get through",
  },
} as const;

export const retries = {
  proceed_once: "Retry approval",
  proceed_always: "Retry approval for this session",
  cancel: "Retry rejection",
} as const;

/** Of characters that cannot be seen. */
export const hidden = {
  count: (count: number) => plural(count, "hidden character", "hidden characters"),
  shown: (count: number) =>
    `${count === 1 ? " is shown as the token {token}. It" : " are shown as tokens such as {token}. They"} {what}, so it can read differently from what runs.`,
  or: " or ",
} as const;

export const hiddenKinds = {
  direction: (s: string) => `change${s} the direction of the text`,
  invisible: (s: string) => `take${s} no room in the text`,
  control: (s: string) => `control${s} how a terminal shows the text`,
  tag: (s: string) => `hide${s} words in the text`,
  variation: (s: string) => `hide${s} data in the text`,
  surrogate: (s: string) => `break${s} a character of the text in two`,
} as const;

export const grants = [
  ["Runs now", "this call, with the arguments above"],
  ["Runs later unasked", "similar calls of {tool}, with other arguments that you will not be shown first"],
  ["Similar", "as the service defines it; this notebook cannot see the rule"],
  ["Ends", "with this session"],
] as const;

export const reasonParts = [
  "1. The call is rejected now.",
  "2. Your reason follows as a message when the task can take one, because the service takes no reason with a rejection.",
] as const;
