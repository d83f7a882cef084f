import { sha256 } from "@noble/hashes/sha2.js";
import { canonical, type Entries } from "./canonical";

/**
 * What a decision says it was made upon: SHA-256, in hex, of the call's canonical JSON. Not by `crypto.subtle`, which is
 * missing where Jupyter is served over plain http, and would answer only after the click.
 */
export function digest(callId: string, toolName: string, args: Entries): string {
  const bytes = sha256(new TextEncoder().encode(canonical([callId, toolName, args])));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
