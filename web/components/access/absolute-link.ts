/** A path of the product as a link to hand over: as this browser reaches it. */
export function absoluteLink(path: string): string {
  return new URL(path, window.location.origin).href;
}
