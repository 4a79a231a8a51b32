import { z } from "zod";

/** A file as an operation gives it. REST sends the file itself; other faces get it as text. */
export const FileOutput = z.object({
  fileName: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,150}$/),
  mediaType: z.string(),
  base64: z.string(),
});
export type FileOutput = z.infer<typeof FileOutput>;

export function toFile(fileName: string, mediaType: string, content: string | Uint8Array): FileOutput {
  return { fileName, mediaType, base64: Buffer.from(content).toString("base64") };
}
