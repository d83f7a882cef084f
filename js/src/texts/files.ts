/** The files of a task. */
export const files = {
  label: "Files",
  uploaded: "Uploaded",
  list: "List files anew",
  download: "Download",
  cancel: "Cancel",
  save: "Save beside notebook",
  loading: "Loading…",
} as const;
