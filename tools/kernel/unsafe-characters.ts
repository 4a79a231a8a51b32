// Names and words come from clouds, chats, models and whoever knocked at the door. Pure: browsers use it too.

/** Characters that move a cursor or change the order of reading: controls but tab and newline, and directions. */
export const steering =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Characters that nobody sees: soft hyphen, zero width, tag characters. Joined emoji use some of them. */
export const unseen = /[\u00ad\u200b-\u200d\u2060-\u2064\u{e0000}-\u{e007f}]/gu;

const lineEnds = /[\r\n\t\u2028\u2029]+/gu;
/** JSON escapes C0 by itself. */
const hiddenInJson =
  /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu;

/** Untrusted text as one line in the order it is stored, still with joined emoji. */
export function oneLine(text: string): string {
  return text.replace(lineEnds, " ").replace(steering, "").trim();
}

/** Untrusted text as one line of visible characters: for names that people decide on. */
export function visibleLine(text: string): string {
  return oneLine(text.replace(unseen, ""));
}

/** JSON of the same value with each hidden or steering character spelled out. */
export function spelledJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(hiddenInJson, (character) =>
    Array.from(
      { length: character.length },
      (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}
