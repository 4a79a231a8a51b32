import { describe, expect, it } from "vitest";
import { fileKindOf, largestFile } from "./file-kinds.ts";
import { fileText } from "./file-text.ts";

const { signal } = new AbortController();
const read = (fileName: string, content: string | Uint8Array) =>
  fileText({ fileName, bytes: typeof content === "string" ? Buffer.from(content) : content }, signal);

/** A PDF of one page that shows these lines. */
function pdfOf(lines: readonly string[]): Uint8Array {
  const shown = lines.map((line) => `(${line}) Tj 0 -20 Td`).join(" ");
  const stream = `BT /F1 12 Tf 50 700 Td ${shown} ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  const body = objects.map((object, index) => `${index + 1} 0 obj\n${object}\nendobj\n`).join("");
  return Buffer.from(`%PDF-1.4\n${body}trailer << /Root 1 0 R /Size 6 >>\n%%EOF`);
}

describe("the text of a file", () => {
  it("is Markdown as it is, named after the file, without what nobody sees", async () => {
    const told = await read(
      "Backup rules.md",
      "\ufeff# Copies\r\n\r\nEach night\u200b.\u202e  \n\n\n\nSo be it.\n",
    );
    expect(told).toEqual({ title: "Backup rules", text: "# Copies\n\nEach night.\n\nSo be it." });
    expect((await read("a.TXT", Buffer.from("\ufeffüber", "utf16le"))).text).toBe("über");
  });

  it("of a page is what its readers see, with its headings, and nothing of it runs", async () => {
    const page = `<!doctype html><html><head><title>Naming &amp; tags</title><style>p { color: red }</style></head>
      <body><nav>Menu</nav><script>alert("x")</script><h2>Names</h2><p>Say <b>who</b>
      pays.</p><ul><li>Owner</li><li>Cost&nbsp;centre</li></ul><table><tr><td>a</td><td>b</td></tr></table></body>`;
    const { title, text } = await read("page.html", page);
    expect(title).toBe("Naming & tags");
    expect(text).toContain("## Names\n\nSay who pays.");
    expect(text).toMatch(/- Owner\n- Cost.centre/);
    expect(text).toContain("a b");
    expect(text).not.toMatch(/alert|color|Menu|[<>]/);
  });

  it("of a PDF is that of its pages", async () => {
    const { title, text } = await read("Runbook.pdf", pdfOf(["Copies lie in the vault", "for five weeks."]));
    expect(title).toBe("Runbook");
    expect(text.replace(/\s+/g, " ")).toContain("Copies lie in the vault for five weeks.");
  });

  it.each([
    ["notes.docx", "x", /No text is read from a file named "notes.docx"/],
    ["README", "x", /named "README"/],
    ["a.md", Buffer.from([0x80, 0x81]), /no text in UTF-8/],
    ["a.txt", Buffer.from("a\0b"), /no text in UTF-8/],
    ["a.md", " \n\u200b ", /has no text/],
    ["a.html", "<script>draw()</script>", /has no text/],
    ["a.pdf", "%PDF-1.7 and then nothing", /no PDF that can be read/],
    ["a.pdf", pdfOf([]), /has no text/],
    ["a.md", "x".repeat(200_001), /200,001 characters; 200,000 are kept/],
    ["a.md", new Uint8Array(largestFile + 1), /larger than 4 MB/],
  ])("refuses %s in words that say what is wrong", async (name, content, message) => {
    await expect(read(name, content)).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringMatching(message),
      hint: expect.any(String),
    });
  });

  it("is read of kinds by the end of their names alone", () => {
    expect(fileKindOf("a.b.PDF")).toBe("pdf");
    expect(fileKindOf("a.constructor")).toBeNull();
  });
});
