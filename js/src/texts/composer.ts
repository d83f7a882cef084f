import { plural } from "./plural";

/** The follow-up box, and the messages of a conversation. */
export const composer = {
  label: "Message to the agent",
  placeholder: "Ask for a change or a next step",
  send: "Send",
  sending: "Sending…",
  attach: "Attach files",
  remove: (name: string) => `Remove ${name}`,
  hint: "Enter sends, Shift+Enter starts a new line. Same session, same files.",
  running: "The agent is at work: your message is sent at once, and taken up when it has answered.",
  asking: "It decides nothing about calls that wait.",
  noKernel: "Sending needs a running kernel.",
  uploading: (done: string, all: string) => `Uploading, ${done} of ${all}`,
  tooMany: (most: number) => `One message takes ${most} files: put them into a ZIP.`,
  tooLarge: (name: string, most: string) => `${name} is larger than ${most}: split or compress it.`,
  twice: (name: string) => `There is a ${name} already: one would overwrite the other.`,
  unreadable: (name: string) => `${name} could not be read.`,
  unreadableHint: "Nothing was sent to the agent. Remove it, or choose it again.",
  kept: "Your text is still here.",
  you: "You",
  message: "Your message",
  waits: "waits until the agent has answered",
  files: (count: number) => `with ${plural(count, "file", "files")}:`,
};
