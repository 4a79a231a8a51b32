import { styleText } from "node:util";
import { outputWidth } from "../env.ts";

type Format = Parameters<typeof styleText>[0];

/** How a stream is written to: its width, and colour only where a person sees it (honours NO_COLOR, FORCE_COLOR). */
export interface Style {
  width: number;
  bold(text: string): string;
  dim(text: string): string;
  accent(text: string): string;
}

export const plainStyle: Style = {
  width: 100,
  bold: (text) => text,
  dim: (text) => text,
  accent: (text) => text,
};

export function styleFor(stream: NodeJS.WriteStream): Style {
  const paint = (format: Format) => (text: string) => styleText(format, text, { stream });
  return { width: outputWidth(stream), bold: paint("bold"), dim: paint("dim"), accent: paint("cyan") };
}
