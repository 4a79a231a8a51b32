"use client";

/**
 * Dialogs lock the page's scroll with a style element made at run time; get-nonce, which they use, looks for
 * this global. Without it the content security policy would refuse that style.
 */
export function NonceBridge({ nonce }: { nonce: string | undefined }) {
  if (typeof window !== "undefined" && nonce) {
    (globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ ??= nonce;
  }
  return null;
}
