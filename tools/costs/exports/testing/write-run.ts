import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { subscriptions } from "./charges.ts";

export interface WrittenRun {
  export: string;
  kind: "ActualCost" | "AmortizedCost" | "FocusCost";
  /** YYYYMMDD-YYYYMMDD. */
  span: string;
  run: string;
  submitted: string;
  scope?: string;
  /** Each part's lines without the header. */
  parts: { header: string; rows: readonly string[] }[];
  gzip?: boolean;
}

/** Writes a run as Cost Management does, parts first and manifest last; `spoil` changes the manifest before. */
export async function writeRun(
  root: string,
  run: WrittenRun,
  spoil: (manifest: Record<string, unknown>) => unknown = (manifest) => manifest,
): Promise<string> {
  const folder = join(root, run.export, run.span, run.run);
  const blobs: { blobName: string; byteCount: number; dataRowCount: number }[] = [];
  for (const [index, { header, rows }] of run.parts.entries()) {
    const name = `part_0_000${index + 1}.csv${run.gzip ? ".gz" : ""}`;
    const text = `${[header, ...rows].join("\r\n")}\r\n`;
    const content = run.gzip ? gzipSync(text) : Buffer.from(text);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, name), content);
    blobs.push({
      blobName: `${run.export}/${run.span}/${run.run}/${name}`,
      byteCount: content.length,
      dataRowCount: rows.length,
    });
  }
  const manifest = spoil({
    manifestVersion: "2024-04-01",
    byteCount: blobs.reduce((sum, blob) => sum + blob.byteCount, 0),
    blobCount: blobs.length,
    dataRowCount: blobs.reduce((sum, blob) => sum + blob.dataRowCount, 0),
    exportConfig: {
      exportName: run.export,
      resourceId: `${run.scope ?? `/subscriptions/${subscriptions.web}`}/providers/Microsoft.CostManagement/exports/${run.export}`,
      dataVersion: "2021-10-01",
      type: run.kind,
      timeFrame: "MonthToDate",
      granularity: "Daily",
    },
    deliveryConfig: { partitionData: true, fileFormat: "Csv" },
    runInfo: { executionType: "Scheduled", submittedTime: run.submitted, runId: run.run },
    blobs,
  });
  const path = join(folder, "manifest.json");
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, typeof manifest === "string" ? manifest : JSON.stringify(manifest));
  return folder;
}
