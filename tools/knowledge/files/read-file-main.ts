import { parentPort, workerData } from "node:worker_threads";
import { extractText, getDocumentProxy } from "unpdf";

// A thread of its own: a file of somebody else's may be made to take for ever, or all memory there is.
const { bytes, mostPages } = workerData as { bytes: Uint8Array; mostPages: number };
try {
  const document = await getDocumentProxy(bytes, { verbosity: 0 });
  if (document.numPages > mostPages) parentPort!.postMessage({ problem: "pages", pages: document.numPages });
  else {
    const { text } = await extractText(document, { mergePages: false });
    parentPort!.postMessage({ text: text.join("\n\n") });
  }
} catch (error) {
  const isLocked = error instanceof Error && error.name === "PasswordException";
  parentPort!.postMessage({ problem: isLocked ? "locked" : "broken" });
}
