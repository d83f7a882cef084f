import { describe, expect, test, vi } from "vitest";
import { createMount } from "../src/view/mount";
import type { Artifact } from "../src/wire";
import { action, csv, file, files, gone, opener, sales } from "./files-stage";
import { NOW, type Stage, show, useStage } from "./stage";

useStage();

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
