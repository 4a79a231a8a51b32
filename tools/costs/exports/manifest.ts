import { z } from "zod";
import { AppError } from "../../kernel/errors.ts";

const Count = z.number().int().nonnegative();

/**
 * What Cost Management writes beside the parts of a run (manifestVersion 2024-04-01; learn.microsoft.com, "Improved
 * exports"): which files belong to it, with their bytes and rows. Only what is used is read.
 */
const ExportManifest = z.object({
  blobCount: Count.nullish(),
  byteCount: Count.nullish(),
  dataRowCount: Count.nullish(),
  exportConfig: z.object({
    exportName: z.string(),
    /** …/providers/Microsoft.CostManagement/exports/NAME: what is before it is the scope. */
    resourceId: z.string().nullish(),
    type: z.string(),
  }),
  runInfo: z.object({
    runId: z
      .string()
      .min(1)
      .max(200)
      .regex(/^\P{Cc}*$/u, "has control characters"),
    submittedTime: z.iso.datetime({ offset: true, local: true }),
  }),
  blobs: z.array(
    z.object({ blobName: z.string().min(1), byteCount: Count.nullish(), dataRowCount: Count.nullish() }),
  ),
});
export type ExportManifest = z.infer<typeof ExportManifest>;

/** Reads a manifest's text; throws invalid_input when it is not one, e.g. cut off. */
export function parseManifest(path: string, text: string): ExportManifest {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (cause) {
    throw badManifest(path, "it is not JSON, so it may be cut off", cause);
  }
  const parsed = ExportManifest.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw badManifest(path, `${issue.path.join(".") || "it"}: ${issue.message}`, parsed.error);
}

function badManifest(path: string, why: string, cause: unknown): AppError {
  return new AppError("invalid_input", `${path} is no manifest of a cost export: ${why}.`, {
    hint: "Let the export run again.",
    cause,
  });
}
