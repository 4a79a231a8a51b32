import { parentPort, workerData } from "node:worker_threads";
import { describeReport } from "./describe-report.ts";
import type { PrintJob } from "./print-report.ts";
import { renderHtml } from "./render-html.ts";
import { renderPdf } from "./render-pdf.ts";

// A thread of its own: laying out a long report keeps a processor busy for a second, in which nobody else would be
// answered.
const { content, format } = workerData as PrintJob;
const document = describeReport(content);
const file = format === "pdf" ? await renderPdf(document) : Buffer.from(await renderHtml(document));
parentPort!.postMessage(Uint8Array.from(file));
