import { describe, expect, test, vi } from "vitest";
import type { Command, Piece } from "../src/wire";
import { action, csv, files, gone } from "./files-stage";
import { type Stage, useStage } from "./stage";

useStage();

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
