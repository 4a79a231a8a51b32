/** The type of a virtual hard disk that is a page blob: an unmanaged disk. Blobs are no resources of Azure; here they are. */
export const diskBlobType = "microsoft.storage/storageaccounts/blobservices/containers/blobs";

/**
 * The id of a blob under its storage account's, in lower case as every id. Blob names tell capitals apart, so whatever
 * is no small letter, digit or . _ - is percent-encoded: two blobs never share an id, and it reads back exactly.
 */
export function diskBlobId(accountId: string, container: string, name: string): string {
  return `${accountId.toLowerCase()}/blobservices/default/containers/${encoded(container)}/blobs/${encoded(name)}`;
}

/** The storage account that a blob's id lies under. */
export function accountOfDiskBlob(id: string): string {
  return id.replace(/\/blobservices\/default\/containers\/.*$/, "");
}

function encoded(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    return /[a-z0-9._-]/.test(character) ? character : `%${byte.toString(16).padStart(2, "0")}`;
  }).join("");
}
