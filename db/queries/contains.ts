/** The LIKE pattern of texts that contain this one, whatever characters it is made of. */
export function contains(text: string): string {
  return `%${text.trim().replaceAll(/[\\%_]/g, (character) => `\\${character}`)}%`;
}
