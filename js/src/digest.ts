import { canonical, type Entries } from "./canonical";
import { sha256 } from "./sha256";

/** What a decision says it was made upon: the hash of the call's canonical JSON. At once, so that it is of the click. */
export function digest(callId: string, toolName: string, args: Entries): string {
  return sha256(new TextEncoder().encode(canonical([callId, toolName, args])));
}
