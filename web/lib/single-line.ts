// Names and ids come from clouds, chats and whoever knocked at the door: none may reorder, break or feign what is
// read. Controls, line ends and directions become a space; what nobody can see (zero width, tag characters) goes.
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
const unsafe = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/gu;
const invisible = /[\u00ad\u200b-\u200d\u2060-\u2064\u{e0000}-\u{e007f}]/gu;

/** Untrusted text as one line of visible characters in the order they are stored. */
export function singleLine(text: string): string {
  return text.replace(invisible, "").replace(unsafe, " ").trim();
}
