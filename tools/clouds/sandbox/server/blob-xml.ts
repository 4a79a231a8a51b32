import type { AzureError } from "./azure-error.ts";
import type { SandboxContext } from "./context.ts";

const head = '<?xml version="1.0" encoding="utf-8"?>';

/** An answer of blob storage, which speaks XML. */
export function xml(c: SandboxContext, text: string) {
  return c.body(text.startsWith("<?xml") ? text : head + text, {
    headers: { "Content-Type": "application/xml" },
  });
}

export function blobErrorBody({ code, message }: AzureError): string {
  return `<Error><Code>${xmlText(code)}</Code><Message>${xmlText(message)}</Message></Error>`;
}

/** `<Name>text</Name>`; nothing for what is absent. */
export function element(name: string, text: string | number | undefined): string {
  return text === undefined ? "" : `<${name}>${xmlText(String(text))}</${name}>`;
}

export const xmlText = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
