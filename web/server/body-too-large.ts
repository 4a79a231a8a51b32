import { AppError } from "@cloudoptima/tools/kernel/errors.ts";

/** No other request of ours needs more: questions and settings are small, costs are read from disk. */
export const largestBodyBytes = 256 * 1024;

/** Where a file is sent: 4 MB of it as base64, and what is said beside it. */
export const largestUploadBytes = 6 * 1024 * 1024;

/** Bad input with a status of its own: 413 tells a client that a smaller body would do. */
export class BodyTooLarge extends AppError {
  constructor(largest: number) {
    super("invalid_input", `The body is larger than ${largest / 1024} KiB.`, {
      hint: "Send less at once; import files with the terminal.",
      details: { largestBodyBytes: largest },
    });
  }
}
