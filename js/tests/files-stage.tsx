import type { Artifact, Problem, Traits } from "../src/wire";
import { NOW, type Stage, show, unavailable } from "./stage";

export const file = (path: string, more: Partial<Artifact> = {}): Artifact => ({
  name: path.split("/").at(-1) ?? "",
  path,
  size: 2_641,
  mime_type: "text/csv",
  category: null,
  modified_at: "2026-01-26T15:51:36.000Z",
  about: "CSV, 2.6 KB",
  view: "table",
  ...more,
});
export const csv = file("downloads/regions.csv");
export const sales = file("uploads/sales.csv");
export const gone: Problem = { ...unavailable, message: "It is gone", hint: "List the files anew." };

/** A view of a task with files, and a kernel that answers. */
export async function files(traits: Partial<Traits>, trusts?: (event: Event) => boolean): Promise<Stage> {
  const stage = await show({ status: "completed", ...traits }, trusts && { trusts });
  await stage.answer("hello", { now: new Date(NOW).toISOString() });
  await stage.pass(50);
  return stage;
}

export const row = ({ el }: Stage, name: string): HTMLElement => {
  const found = Array.from(el.querySelectorAll<HTMLElement>(".sigmic-file")).find((each) =>
    each.querySelector(".sigmic-file__path")?.textContent?.includes(name),
  );
  if (found === undefined) throw new Error(`no row says ${name}`);
  return found;
};
export const opener = (stage: Stage, name: string): HTMLElement =>
  row(stage, name).querySelector(".sigmic-file__name") as HTMLElement;
export const action = (stage: Stage, text: string, name: string): HTMLElement =>
  stage.el.querySelector(`[aria-label="${text}: ${name}"]`) as HTMLElement;
