import { AppError } from "@cloudoptima/tools/kernel/errors.ts";

/** No request of ours needs more: questions and settings are small, files are read from disk. */
export const largestBodyBytes = 256 * 1024;

/** Bad input with a status of its own: 413 tells a client that a smaller body would do. */
export class BodyTooLarge extends AppError {
  constructor() {
    super("invalid_input", `The body is larger than ${largestBodyBytes / 1024} KiB.`, {
      hint: "Send less at once; import files with the terminal.",
      details: { largestBodyBytes },
    });
  }
}
