import { safeName, withoutLinks } from "@cloudoptima/tools/kernel/safe-name.ts";
import { steering } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import type { PhrasingContent } from "mdast";

/** A piece of an answer's sentence. Each platform draws it with marks of its own, never by pasting markup. */
export interface Span {
  text: string;
  /** figure: proven, it has a source. unproven: a number that no result supports. */
  style: "plain" | "strong" | "code" | "figure" | "unproven";
}

/** The inline content of an answer's markdown. Links and images become words; nothing in a chat is fetched. */
export function toSpans(nodes: readonly PhrasingContent[], style: Span["style"] = "plain"): Span[] {
  return nodes.flatMap((node): Span[] => {
    switch (node.type) {
      case "text":
        return [{ text: oneLine(node.value), style }];
      case "inlineCode":
        return [{ text: oneLine(node.value), style: "code" }];
      case "strong":
        return toSpans(node.children, "strong");
      case "emphasis":
      case "delete":
        return toSpans(node.children, style);
      case "link":
        return linkSpans(node.url, node.children, style);
      case "break":
        return [{ text: " ", style }];
      case "html":
        return [{ text: oneLine(node.value), style }];
      default:
        return [];
    }
  });
}

function linkSpans(url: string, children: readonly PhrasingContent[], style: Span["style"]): Span[] {
  const text = spansText(toSpans(children));
  if (url.startsWith("#figure-")) return [{ text, style: "figure" }];
  if (url === "#unproven") return [{ text: `[unproven: ${text}]`, style: "unproven" }];
  const host = URL.canParse(url) ? new URL(url).host : "";
  return [{ text: host && host !== text ? `${text} (${safeName(host)})` : text, style }];
}

function oneLine(text: string): string {
  return withoutLinks(text.replace(/\s+/g, " ")).replace(steering, "");
}

export function spansText(spans: readonly Span[]): string {
  return spans.map(({ text }) => text).join("");
}
