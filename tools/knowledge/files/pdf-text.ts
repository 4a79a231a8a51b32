import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { AppError } from "../../kernel/errors.ts";

const longestMs = 30_000;
const memoryMb = 256;
const mostPages = 500;

type Answer = { text: string } | { problem: "pages" | "locked" | "broken"; pages?: number };

/** The text of a PDF, page by page. Throws invalid_input where it has none that can be read, and says why. */
export async function pdfText(bytes: Uint8Array, signal: AbortSignal): Promise<string> {
  const worker = new Worker(new URL("./read-file-main.ts", import.meta.url), {
    workerData: { bytes, mostPages },
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  const end = AbortSignal.any([signal, AbortSignal.timeout(longestMs)]);
  let answer: Answer;
  try {
    [answer] = (await once(worker, "message", { signal: end })) as [Answer];
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw refused("The PDF could not be read: it takes too much time or memory.", cause);
  } finally {
    await worker.terminate();
  }
  if ("text" in answer) return answer.text;
  if (answer.problem === "pages") {
    throw refused(`The PDF has ${answer.pages} pages; ${mostPages} are read at most.`);
  }
  if (answer.problem === "locked") throw refused("The PDF is locked with a password.");
  throw refused("The file is no PDF that can be read.");
}

function refused(message: string, cause?: unknown): AppError {
  return new AppError("invalid_input", message, {
    hint: "Save it anew, or add its text as Markdown.",
    cause,
  });
}
