import type { VNode } from "preact";
import type { Job } from "./useJob";
import { Visible } from "./Visible";

/** What there is to say of something that the kernel does; it is announced when it has come to its end. */
export function JobNote({ job: { busy, said } }: { job: Job }): VNode | null {
  return said ? (
    <p class="sigmic-files__said" role="status" aria-live={busy ? "off" : "polite"}>
      <Visible prose text={said} />
    </p>
  ) : null;
}
