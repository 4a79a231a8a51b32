import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { largestFile } from "./files/file-kinds.ts";
import { fileText } from "./files/file-text.ts";
import { keepDocument } from "./keep-document.ts";
import { DocumentSource, DocumentTitle, KnowledgeDocument } from "./knowledge-shapes.ts";

export default defineOperation({
  name: "upload_knowledge",
  title: "Add a file to look up",
  description:
    "Reads the text of a file (Markdown, plain text, HTML or PDF, up to 4 MB) and keeps it as a document to look up. The file itself is not kept; nothing in it is run or fetched.",
  permission: "settings:manage",
  effect: "write",
  rest: "POST /knowledge/files",
  upload: true,
  input: z.object({
    fileName: z.string().trim().min(3).max(200).describe("Its end says what it is: .md, .txt, .html, .pdf"),
    base64: z
      .base64()
      .min(1)
      .max(Math.ceil(largestFile / 3) * 4)
      .describe("The file's bytes"),
    title: DocumentTitle.optional().describe("Default: the page's title, or the file's name"),
    source: DocumentSource.optional(),
  }),
  output: KnowledgeDocument,
  async run(ctx, { fileName, base64, title, source = null }) {
    const read = await fileText(
      { fileName, bytes: new Uint8Array(Buffer.from(base64, "base64")) },
      ctx.signal,
    );
    const named = title ?? read.title;
    return keepDocument(ctx, { title: named.length < 2 ? fileName : named, text: read.text, source });
  },
});
