import type { HeadLog } from "../audit/head-file.ts";
import type { Head } from "../audit/seal.ts";

/** Heads for tests that are not about the file. */
export function createMemoryHeads(): HeadLog {
  const heads: Head[] = [];
  return {
    append: async (head) => void heads.push(head),
    read: async (organizationId) => ({
      heads: heads.filter((head) => head.organizationId === organizationId),
      forgedLine: null,
    }),
  };
}
