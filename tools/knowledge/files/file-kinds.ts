/** Files that text is read from, by the end of their names. */
export const fileKinds = {
  md: "text",
  markdown: "text",
  txt: "text",
  text: "text",
  html: "html",
  htm: "html",
  pdf: "pdf",
} as const;
export type FileKind = (typeof fileKinds)[keyof typeof fileKinds];

/** What a browser's file dialog offers. */
export const acceptedFiles = Object.keys(fileKinds)
  .map((end) => `.${end}`)
  .join(",");

/** Bytes of a file at most; as base64 it is a third longer. */
export const largestFile = 4 * 1024 * 1024;

/** The kind that a file's name says; null: none that is read. */
export function fileKindOf(fileName: string): FileKind | null {
  const end = /\.([a-z]+)$/i.exec(fileName)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(fileKinds, end) ? fileKinds[end as keyof typeof fileKinds] : null;
}
