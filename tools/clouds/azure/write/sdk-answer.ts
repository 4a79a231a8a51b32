import type { WriteAnswer } from "./submitter.ts";

interface RawResponse {
  status: number;
  headers: { get(name: string): string | undefined };
  bodyAsText?: string | null;
}

interface Poller {
  submitted(): Promise<void>;
}

/** Lets an SDK client send the first request of a long-running operation, and gives its raw answer without polling. */
export async function firstAnswer(
  begin: (options: { onResponse(response: RawResponse): void }) => Poller,
): Promise<WriteAnswer> {
  let answer: WriteAnswer | undefined;
  await begin({
    onResponse: ({ status, headers, bodyAsText }) => {
      answer ??= { status, header: (name) => headers.get(name), text: bodyAsText ?? "" };
    },
  }).submitted();
  if (!answer) throw new Error("The SDK finished a request without an answer.");
  return answer;
}
