/** What a file is, from its first bytes: "csv", "parquet", "gzip", or a name for people of what it is instead. */
export function detectFileKind(start: Buffer): string {
  for (const [bytes, kind] of signatures) {
    if (start.subarray(0, bytes.length).equals(bytes)) return kind;
  }
  if (start.includes(0)) return "a binary file of an unknown kind";
  const text = start
    .toString("utf8")
    .replace(/^\ufeff/, "")
    .trimStart();
  if (/^[{[]/.test(text)) return "JSON";
  if (text.startsWith("<")) return "XML or HTML";
  return "csv";
}

const signatures: [Buffer, string][] = [
  [Buffer.from([0x1f, 0x8b]), "gzip"],
  [Buffer.from("PAR1"), "parquet"],
  [Buffer.from("PARE"), "an encrypted Parquet file"],
  [Buffer.from("PK\u0003\u0004"), "a ZIP archive or an Excel workbook"],
  [Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), "an old Excel workbook"],
  [Buffer.from([0x89, 0x50, 0x4e, 0x47]), "a PNG image"],
  [Buffer.from([0xff, 0xd8, 0xff]), "a JPEG image"],
  [Buffer.from("GIF8"), "a GIF image"],
  [Buffer.from("%PDF"), "a PDF document"],
  [Buffer.from("SQLite format 3"), "a SQLite database"],
  [Buffer.from("Obj\u0001"), "an Avro file"],
  [Buffer.from("ORC"), "an ORC file"],
  [Buffer.from("BZh"), "a bzip2 archive"],
  [Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), "a Zstandard archive"],
  [Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a]), "an xz archive"],
  [Buffer.from([0x37, 0x7a, 0xbc, 0xaf]), "a 7z archive"],
  [Buffer.from([0x7f, 0x45, 0x4c, 0x46]), "a program"],
  [Buffer.from([0xff, 0xfe]), "text in UTF-16"],
  [Buffer.from([0xfe, 0xff]), "text in UTF-16"],
];
