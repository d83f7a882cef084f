import { afterEach, describe, expect, test, vi } from "vitest";
import { createMount } from "../src/view/mount";
import type { Artifact, Command, Piece, Problem, Traits } from "../src/wire";
import { NOW, type Stage, show, unavailable, useStage } from "./stage";

useStage();
afterEach(() => vi.unstubAllGlobals());

const file = (path: string, more: Partial<Artifact> = {}): Artifact => ({
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
const csv = file("downloads/regions.csv");
const sales = file("uploads/sales.csv");
const gone: Problem = { ...unavailable, message: "It is gone", hint: "List the files anew." };

/** A view of a task with files, and a kernel that answers. */
async function files(traits: Partial<Traits>, trusts?: (event: Event) => boolean): Promise<Stage> {
  const stage = await show({ status: "completed", ...traits }, trusts && { trusts });
  await stage.answer("hello", { now: new Date(NOW).toISOString() });
  await stage.pass(50);
  return stage;
}

const row = ({ el }: Stage, name: string): HTMLElement => {
  const found = Array.from(el.querySelectorAll<HTMLElement>(".sigmic-file")).find((each) =>
    each.querySelector(".sigmic-file__path")?.textContent?.includes(name),
  );
  if (found === undefined) throw new Error(`no row says ${name}`);
  return found;
};
const opener = (stage: Stage, name: string): HTMLElement =>
  row(stage, name).querySelector(".sigmic-file__name") as HTMLElement;
const action = (stage: Stage, text: string, name: string): HTMLElement =>
  stage.el.querySelector(`[aria-label="${text}: ${name}"]`) as HTMLElement;

describe("the section", () => {
  test("lists what the agent made, then what was uploaded", async () => {
    const { text } = await files({ artifacts: [sales, csv, file("notes/deep.txt")] });
    expect(text(".sigmic-files__title, .sigmic-files__group, .sigmic-file__path")).toEqual([
      "Files3",
      "regions.csv",
      "notes/deep.txt",
      "Uploaded",
      "sales.csv",
    ]);
    expect(text(".sigmic-file__facts")[0]).toBe("CSV, 2.6 KB");
  });

  test("is not there without files", async () => {
    const { el } = await files({ artifacts: [] });
    expect(el.querySelector(".sigmic-files")).toBeNull();
  });

  test("says why there is no list, and asks anew", async () => {
    const said = "The list could not be had: No answer within 10 s.";
    const stage = await files({ artifacts: [csv], artifacts_error: said });
    expect(stage.text(".sigmic-files__said")).toEqual([said]);
    expect(stage.text(".sigmic-file__path")).toEqual(["regions.csv"]);

    await stage.click(stage.el.querySelector(".sigmic-files__title button") as Element);
    expect(stage.kernel.asked).toEqual([{ command: "refresh" }]);
    await stage.answer("refresh", { error: gone });
    expect(stage.text(".sigmic-files__said")).toEqual(["It is gone. List the files anew."]);
  });

  test("is there without files where they could not be listed, and says when the kernel is busy", async () => {
    const stage = await files({ artifacts_error: "The list could not be had: Down." });
    expect(stage.text(".sigmic-files__count, .sigmic-files__said")).toEqual([
      "0",
      "The list could not be had: Down.",
    ]);
    await stage.click(stage.el.querySelector(".sigmic-files__title button") as Element);
    await stage.pass(2_000);
    expect(stage.text(".sigmic-files__said")[0]).toContain("The kernel is busy.");
    await stage.answer("refresh", null);
    expect(stage.text(".sigmic-files__said")).toEqual(["The list could not be had: Down."]);
  });

  test("shows hidden characters of names", async () => {
    const stage = await files({ artifacts: [file("downloads/in\u202evoice\u200b.txt")] });
    expect(stage.text(".sigmic-file__path")).toEqual(["in⟦U+202E⟧voice⟦U+200B⟧.txt"]);
    expect(action(stage, "Download", "in⟦U+202E⟧voice⟦U+200B⟧.txt")).not.toBeNull();
  });

  test("has the first of many files, and all on request", async () => {
    const many = Array.from({ length: 500 }, (_, at) => file(`downloads/${at}.csv`));
    const { click, text, button } = await files({ artifacts: many });
    expect(text(".sigmic-file__path")).toHaveLength(20);
    await click("Show all (500)");
    expect(text(".sigmic-file__path")).toHaveLength(500);
    expect(button("Show all (500)")).toBeUndefined();
  });

  test("asks nothing of a kernel that is not there", async () => {
    const stage = await show({ status: "completed", artifacts: [csv] });
    const actions = stage.el.querySelector(".sigmic-file__actions") as HTMLElement;
    expect([actions.hidden, opener(stage, "regions").getAttribute("aria-disabled")]).toEqual([true, "true"]);
    await stage.click(opener(stage, "regions"));
    expect(stage.kernel.asked).toEqual([]);
  });
});

describe("a preview", () => {
  async function opened(about: Artifact = csv): Promise<Stage> {
    const stage = await files({ artifacts: [about] });
    await stage.click(opener(stage, "regions"));
    expect(stage.kernel.asked).toEqual([{ command: "preview", path: about.path }]);
    return stage;
  }

  test("of a table has its rows, numbers to the right, and says what is left out", async () => {
    const stage = await opened();
    expect(stage.text("[aria-live=polite].sigmic-files__said")).toEqual([]);
    expect(stage.text(".sigmic-files__said")).toEqual(["Loading…"]);
    await stage.answer("preview", {
      kind: "table",
      head: ["", "net\u202e"],
      rows: [["=SUM(A1)", "1"]],
      numbers: [false, true],
      note: "First 1 of 2 rows",
    });
    expect(stage.text("thead > tr > *, tbody td")).toEqual(["", "net⟦U+202E⟧", "=SUM(A1)", "1"]);
    expect(stage.text("th")).toEqual(["net⟦U+202E⟧"]);
    expect(stage.text(".sigmic-table__number")).toEqual(["net⟦U+202E⟧", "1"]);
    expect(stage.text(".sigmic-files__said")).toEqual(["First 1 of 2 rows"]);
    const box = stage.el.querySelector(".sigmic-file__grid") as HTMLElement;
    expect([box.tabIndex, box.role, box.getAttribute("aria-label")]).toEqual([0, "group", "regions.csv"]);
  });

  test("of a text begins with its first lines", async () => {
    const stage = await opened();
    const text = Array.from({ length: 40 }, (_, at) => `<b>${at}</b>\n`).join("");
    await stage.answer("preview", { kind: "text", text, note: "Shown as text" });
    expect(stage.text(".sigmic-output__text")[0]?.split("\n")).toHaveLength(15);
    await stage.click("Show all (40 lines)");
    expect(stage.text(".sigmic-output__text")).toEqual([text]);
    expect(stage.el.querySelector("b")).toBeNull();
  });

  test("of an image is an image with all of it in its address, never one of the page's origin", async () => {
    const createObjectURL = vi.spyOn(URL, "createObjectURL");
    const stage = await opened();
    await stage.answer("preview", {
      kind: "image",
      media_type: "image/svg+xml",
      base64: "PHN2Zz4=",
      note: null,
    });
    const image = stage.el.querySelector(".sigmic-file__image") as HTMLImageElement;
    expect([image.getAttribute("src"), image.alt]).toEqual([
      "data:image/svg+xml;base64,PHN2Zz4=",
      "regions.csv",
    ]);
    expect(stage.el.querySelector("svg:not(.sigmic-icon), iframe, object, embed")).toBeNull();
    expect(createObjectURL).not.toHaveBeenCalled();
  });

  test("that there is none of says why", async () => {
    const stage = await opened();
    await stage.answer("preview", { kind: "none", note: "The file is empty" });
    expect(stage.text(".sigmic-file__preview")).toEqual(["The file is empty"]);
  });

  test("that failed says what to do, and is asked for again when the row is opened again", async () => {
    const stage = await opened();
    await stage.answer("preview", { error: gone });
    expect(stage.text(".sigmic-file__preview")).toEqual(["It is gone. List the files anew."]);
    await stage.click(opener(stage, "regions"));
    expect(stage.el.querySelector(".sigmic-file__preview")).toBeNull();
    await stage.click(opener(stage, "regions"));
    expect(stage.kernel.asked).toHaveLength(2);
  });

  test("is made anew of a file that was written anew", async () => {
    const stage = await opened();
    await stage.answer("preview", { kind: "text", text: "old", note: null });
    await stage.update({ artifacts: [csv, sales] });
    expect(stage.kernel.asked).toHaveLength(1);
    await stage.update({ artifacts: [{ ...csv, modified_at: "2026-01-26T15:59:00.000Z" }] });
    expect(stage.kernel.asked).toHaveLength(2);
  });
});

describe("a download", () => {
  const saved: { name: string; blob: Blob }[] = [];
  const blobs = new Map<string, Blob>();

  async function begun(trusts?: (event: Event) => boolean): Promise<Stage> {
    saved.length = 0;
    vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
      const href = `blob:${blobs.size}`;
      blobs.set(href, blob as Blob);
      return href;
    });
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
      saved.push({ name: this.download, blob: blobs.get(this.href) as Blob });
    });
    const stage = await files({ artifacts: [csv] }, trusts);
    await stage.click(action(stage, "Download", "regions.csv"));
    return stage;
  }
  const piece = (stage: Stage, data: Partial<Piece>, bytes: number[]): Promise<void> => {
    const { id } = stage.kernel.last("download");
    const view = new DataView(new Uint8Array(bytes).buffer);
    const whole = { name: "regions.csv", note: "", at: 0, next: 0, ended: false, ...data };
    stage.kernel.emit("msg:custom", { reply_to: id, ok: true, data: whole }, bytes.length > 0 ? [view] : []);
    return stage.pass(0);
  };
  const asked = ({ kernel }: Stage): Command[] => kernel.sent.filter(({ command }) => command !== "hello");
  const bytesOf = async (): Promise<number[][]> =>
    Promise.all(saved.map(async ({ blob }) => [...new Uint8Array(await blob.arrayBuffer())]));

  test("comes piece by piece, says how far it is, and is saved under the kernel's name", async () => {
    const stage = await begun();
    await piece(stage, { next: 2, note: "2 bytes of 3 bytes" }, [1, 2]);
    expect(stage.text(".sigmic-files__said")).toEqual(["2 bytes of 3 bytes"]);
    expect(saved).toEqual([]);
    await piece(stage, { name: "tame.csv", at: 2, next: 3, ended: true }, [3]);

    expect(await bytesOf()).toEqual([[1, 2, 3]]);
    // A type that no browser opens in the page's origin.
    expect(saved.map(({ name, blob }) => [name, blob.type])).toEqual([
      ["tame.csv", "application/octet-stream"],
    ]);
    const [first, second, ...others] = asked(stage) as Extract<Command, { command: "download" }>[];
    expect([first?.at, second?.at, others.length]).toEqual([0, 2, 0]);
    expect(first?.download).toBe(second?.download);
    expect(stage.text(".sigmic-files__said")).toEqual([]);
    expect(action(stage, "Download", "regions.csv")).not.toBeNull();
  });

  test("that begins anew leaves nothing of what came before", async () => {
    const stage = await begun();
    await piece(stage, { next: 2 }, [9, 9]);
    await piece(stage, { at: 0, next: 1 }, [1]);
    await piece(stage, { at: 1, next: 2, ended: true }, [2]);
    expect(await bytesOf()).toEqual([[1, 2]]);
  });

  test("of an empty file is an empty file", async () => {
    const stage = await begun();
    await piece(stage, { ended: true }, []);
    expect(await bytesOf()).toEqual([[]]);
  });

  test("that fails saves nothing and says what to do", async () => {
    const stage = await begun();
    await piece(stage, { next: 2 }, [1, 2]);
    await stage.answer("download", { error: gone });
    expect(saved).toEqual([]);
    expect(stage.text("[aria-live=polite].sigmic-files__said")).toEqual(["It is gone. List the files anew."]);
  });

  test("can be given up", async () => {
    const stage = await begun();
    await stage.click(action(stage, "Cancel", "regions.csv"));
    const [first, drop] = asked(stage) as { download: string; command: string }[];
    expect(drop).toMatchObject({ command: "drop", download: first?.download });
    const download = stage.kernel.last("download");
    stage.kernel.reply({
      reply_to: download.id,
      ok: false,
      error: { ...gone, message: "Given up", hint: "" },
    });
    await stage.pass(0);
    expect(stage.text(".sigmic-files__said")).toEqual(["Given up."]);
    expect(saved).toEqual([]);
  });

  test("is not begun twice, nor by a script", async () => {
    const scripted = await begun((event) => event.isTrusted);
    expect(asked(scripted)).toEqual([]);
    const stage = await begun();
    expect(asked(stage)).toHaveLength(1);
  });
});

describe("saving beside the notebook", () => {
  test("is done once at a time, and says where", async () => {
    const stage = await files({ artifacts: [csv] });
    const button = action(stage, "Save beside notebook", "regions.csv");
    await stage.click(button);
    await stage.click(button);
    expect(stage.kernel.asked).toEqual([{ command: "save", path: "downloads/regions.csv" }]);
    expect(stage.text(".sigmic-files__said")).toEqual(["Loading…"]);
    await stage.answer("save", { note: "Saved as regions.csv in ~/work" });
    expect(stage.text("[aria-live=polite].sigmic-files__said")).toEqual(["Saved as regions.csv in ~/work"]);
  });

  test("is not for scripts", async () => {
    const stage = await files({ artifacts: [csv] }, (event) => event.isTrusted);
    await stage.click(action(stage, "Save beside notebook", "regions.csv"));
    expect(stage.kernel.asked).toEqual([]);
  });

  test("says why it was not done", async () => {
    const stage = await files({ artifacts: [csv] });
    await stage.click(action(stage, "Save beside notebook", "regions.csv"));
    await stage.answer("save", {
      error: { ...gone, message: "regions.csv is there already", hint: "Move it." },
    });
    expect(stage.text(".sigmic-files__said")).toEqual(["regions.csv is there already. Move it."]);
  });
});

test("a view that is made anew keeps its open rows, and goes on with what is under way", async () => {
  const mount = createMount(() => true);
  const stage = await show({ status: "completed", artifacts: [csv] }, { mount });
  await stage.answer("hello", { now: new Date(NOW).toISOString() });
  await stage.pass(50);
  await stage.click(opener(stage, "regions"));
  await stage.answer("preview", { kind: "text", text: "seen", note: null });
  await stage.click(action(stage, "Save beside notebook", "regions.csv"));
  stage.close();
  const again = await show({}, { kernel: stage.kernel, mount });
  expect(again.text(".sigmic-output__text")).toEqual(["seen"]);
  await again.answer("save", { note: "Saved as regions.csv in ~" });
  expect(again.text(".sigmic-files__said")).toEqual(["Saved as regions.csv in ~"]);
});
