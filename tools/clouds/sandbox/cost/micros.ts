/**
 * Money inside the sandbox is an integer count of millionths: additions are exact up to 9 billion, and the
 * double that JSON carries prints as the same decimal (15 digits or fewer).
 */
export function toMicros(amount: string): number {
  const negative = amount.startsWith("-");
  const [whole = "0", fraction = ""] = (negative ? amount.slice(1) : amount).split(".");
  const micros = Number(whole) * 1_000_000 + Number(fraction.padEnd(6, "0"));
  return negative ? -micros : micros;
}

/** The JSON number of an amount; correctly rounded, so its shortest text is the exact decimal. */
export function microsToNumber(micros: number): number {
  return micros / 1_000_000;
}

/** An exact decimal string without trailing zeros. */
export function microsToText(micros: number): string {
  const absolute = Math.abs(micros);
  const whole = Math.floor(absolute / 1_000_000);
  const fraction = String(absolute % 1_000_000)
    .padStart(6, "0")
    .replace(/0+$/, "");
  return `${micros < 0 ? "-" : ""}${whole}${fraction ? `.${fraction}` : ""}`;
}
