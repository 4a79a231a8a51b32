/** Exact sum of decimal strings: cents of thousands of rows must not drift through floating point. */
export function sumDecimalStrings(values: readonly string[]): string {
  const digits = Math.max(0, ...values.map((value) => value.split(".")[1]?.length ?? 0));
  const scaled = values.reduce((sum, value) => sum + toScaled(value, digits), 0n);
  const negative = scaled < 0n;
  const text = (negative ? -scaled : scaled).toString().padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  const fraction = digits ? `.${text.slice(-digits)}` : "";
  return `${negative ? "-" : ""}${whole}${fraction}`;
}

function toScaled(value: string, digits: number): bigint {
  const negative = value.startsWith("-");
  const [whole = "0", fraction = ""] = value.replace(/^[-+]/, "").split(".");
  const scaled = BigInt(whole + fraction.padEnd(digits, "0"));
  return negative ? -scaled : scaled;
}
