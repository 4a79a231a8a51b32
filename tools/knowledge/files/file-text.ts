import { AppError } from "../../kernel/errors.ts";
import { plainText } from "../../kernel/plain-text.ts";
import { unseen } from "../../kernel/unsafe-characters.ts";
import { longestDocument } from "../keep-document.ts";
import { fileKindOf, fileKinds, largestFile } from "./file-kinds.ts";
import { htmlText } from "./html-text.ts";
import { pdfText } from "./pdf-text.ts";

/**
 * What a file says, as text or Markdown of visible characters, and what it is called. What a page hides from its
 * readers (controls, characters of no width) is hidden from nobody here. Throws invalid_input, saying what is wrong.
 */
export async function fileText(
  { fileName, bytes }: { fileName: string; bytes: Uint8Array },
  signal: AbortSignal,
): Promise<{ title: string; text: string }> {
  const kind = fileKindOf(fileName);
  if (!kind) {
    throw new AppError("invalid_input", `No text is read from a file named "${fileName}".`, {
      hint: `Its name should end in ${Object.keys(fileKinds).join(", ")}.`,
    });
  }
  if (bytes.byteLength > largestFile) {
    throw new AppError("invalid_input", `The file is larger than ${largestFile / 1024 / 1024} MB.`, {
      hint: "Leave its pictures out, or split it.",
    });
  }
  const name = fileName.replace(/\.[a-z]+$/i, "");
  if (kind === "pdf")
    return checked(name, await pdfText(bytes, signal), "It may be scanned: pictures of pages.");
  const text = decoded(bytes);
  if (kind === "text") return checked(name, text, "It is empty.");
  const page = htmlText(text);
  return checked(page.title ?? name, page.text, "The page is made by its scripts, which are not run.");
}

function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const wide =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : null;
  try {
    const text = new TextDecoder(wide ?? "utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch {
    // Said below: which byte it is helps nobody.
  }
  throw new AppError("invalid_input", "The file is no text in UTF-8.", {
    hint: "Save it as UTF-8, or as PDF or HTML with the end of its name saying so.",
  });
}

function checked(title: string, raw: string, whyEmpty: string): { title: string; text: string } {
  const text = plainText(raw.replaceAll(/\r\n?/g, "\n"))
    .replace(unseen, "")
    .replaceAll(/[ \t\u00a0]+$/gm, "")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
  if (text === "") throw new AppError("invalid_input", "The file has no text.", { hint: whyEmpty });
  if (text.length <= longestDocument) return { title: plainText(title).trim().slice(0, 200), text };
  throw new AppError(
    "invalid_input",
    `The file has ${text.length.toLocaleString("en-US")} characters; ${longestDocument.toLocaleString("en-US")} are kept at most.`,
    { hint: "Split it by its chapters: each is found for itself." },
  );
}
