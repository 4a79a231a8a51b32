/** Starts from a base and loses a fixed part for each doubt; never under 0.2, so that it still shows. */
export function confidenceOf(
  base: number,
  reason: string,
  doubts: readonly string[],
): { confidence: number; confidenceReasons: string[] } {
  const confidence = Math.max(0.2, base - 0.15 * doubts.length);
  return { confidence: Math.round(confidence * 100) / 100, confidenceReasons: [reason, ...doubts] };
}
