// Files of every kind, and what is in them.

const file = (path, about, view) => ({
  name: path.split("/").at(-1),
  path,
  size: 41_210,
  mime_type: null,
  category: null,
  modified_at: "2026-01-26T15:51:36.000Z",
  about,
  view,
});

export const files = [
  file("downloads/revenue_by_region.svg", "SVG image, 41 KB", "image"),
  file("downloads/revenue_by_region.csv", "CSV, 2.6 KB", "table"),
  file("downloads/summary.md", "Markdown, 1.8 KB", "text"),
  file("downloads/archive/model.parquet", "Parquet, 12 MB", null),
  file("downloads/in\u202evoice.txt", "Text, 1.8 KB", "text"),
  file(`downloads/${"a_very_long_name_".repeat(12)}.csv`, "CSV, 2.6 KB", "table"),
  ...Array.from({ length: 30 }, (_, at) => file(`uploads/day-${at}.csv`, "CSV, 2.6 KB", "table")),
];

const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 520 240" width="520" height="240">
  <path d="M60 210V60h60v150zM180 210V90h60v120zM300 210V130h60v80z" fill="#33608c"/></svg>`;

/** What the kernel would see in a file. */
export function preview(path = "") {
  if (path.endsWith(".svg"))
    return { kind: "image", media_type: "image/svg+xml", base64: btoa(svg), note: null };
  if (path.endsWith(".csv")) {
    return {
      kind: "table",
      head: ["", "region", "product", "net_eur"],
      rows: Array.from({ length: 50 }, (_, at) => [String(at), "North", "=A-120", "322544.57"]),
      numbers: [true, false, false, true],
      note: "First 50 of 1,204 rows",
    };
  }
  if (path.endsWith(".parquet")) return { kind: "none", note: "There is no preview of this kind of file" };
  return { kind: "text", text: "# Revenue\n\nNorth leads.\n".repeat(20), note: null };
}

const PIECE_BYTES = 1_000_000;

/** Of a file of a few of them. */
export function pieces(path = "", at = 0) {
  const next = at + PIECE_BYTES;
  const note = `${next / PIECE_BYTES} MB of 5 MB`;
  return { name: path.split("/").at(-1), note, at, next, ended: next === 5 * PIECE_BYTES };
}
