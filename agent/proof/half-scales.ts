const small = "one two three four five six seven eight nine ten eleven twelve".split(" ");
const scales: Record<string, number> = { hundred: 100, thousand: 1e3, grand: 1e3, million: 1e6 };
const pattern = new RegExp(
  String.raw`\b(?:(${small.join("|")}|\d{1,3}) and a half|half an?) (${Object.keys(scales).join("|")})\b`,
  "gi",
);

/** "three and a half thousand" as "3500", "half a million" as "500000". */
export function halfScales(text: string): string {
  return text.replace(pattern, (_, whole: string | undefined, scale: string) => {
    const count = whole === undefined ? 0 : small.indexOf(whole.toLowerCase()) + 1 || Number(whole);
    return String((count + 0.5) * scales[scale.toLowerCase()]!);
  });
}
