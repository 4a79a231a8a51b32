/**
 * One spelling for the address of a blob, so that what a machine says it runs on and what a storage account lists are
 * compared as text: host in lower case, path in its own case (blob names tell capitals apart), without the query,
 * which may hold a signature. "" for what is no address.
 */
export function blobAddress(url: unknown): string {
  if (typeof url !== "string" || !URL.canParse(url)) return "";
  const { hostname, pathname } = new URL(url);
  return hostname && `https://${hostname}${pathname.split("/").map(respelled).join("/")}`;
}

/** The address of a blob under its account's origin ("https://stcontoso.blob.core.windows.net"). */
export function addressOfBlob(origin: string, container: string, name: string): string {
  const path = [container, ...name.split("/")].map(encodeURIComponent).join("/");
  return blobAddress(`${origin}/${path}`);
}

function respelled(segment: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(segment));
  } catch {
    // A stray % is one.
    return encodeURIComponent(segment);
  }
}
