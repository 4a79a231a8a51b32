"use client";
import { ExternalLink } from "lucide-react";
import { memo, type ReactNode, useMemo } from "react";
import { Streamdown } from "streamdown";
import type { ShownFigure, ToolStep } from "../../lib/figures.ts";
import { FigureLink, UnprovenFigure } from "./figure.tsx";

/**
 * An answer's markdown. It may quote what a cloud or a model made up, so it is never trusted: no HTML is
 * parsed, no image exists, and a link shows the host it goes to.
 */
export const AnswerText = memo(function AnswerText({
  text,
  figures,
  steps,
  streaming,
}: {
  text: string;
  figures: Map<string, ShownFigure>;
  steps: ToolStep[];
  streaming: boolean;
}) {
  const components = useMemo(
    () => ({
      ...plainElements,
      a: ({ href, children }: { href?: string; children?: ReactNode }) => {
        if (href === "#unproven") return <UnprovenFigure>{children}</UnprovenFigure>;
        const id = /^#figure-(.+)$/.exec(href ?? "")?.[1];
        const figure = id ? (figures.get(id) ?? figures.get(`figure-${id}`)) : undefined;
        if (figure) {
          return (
            <FigureLink figure={figure} steps={steps}>
              {children}
            </FigureLink>
          );
        }
        // A figure link without its proof is no proof.
        if (id) return <UnprovenFigure>{children}</UnprovenFigure>;
        return <SafeLink href={href}>{children}</SafeLink>;
      },
    }),
    [figures, steps],
  );
  return (
    <Streamdown
      className="prose-answer"
      mode={streaming ? "streaming" : "static"}
      skipHtml
      rehypePlugins={[]}
      disallowedElements={["img", "iframe", "script", "style", "form", "input", "button", "svg"]}
      urlTransform={(url) => (isSafeUrl(url) ? url : null)}
      linkSafety={{ enabled: false }}
      controls={false}
      components={components}
    >
      {text}
    </Streamdown>
  );
});

// Plain elements, styled by .prose-answer: the library's own come with controls and colours of their own.
const plainElements = {
  p: "p",
  ul: "ul",
  ol: "ol",
  li: "li",
  strong: "strong",
  em: "em",
  h1: "h3",
  h2: "h3",
  h3: "h3",
  h4: "h4",
  h5: "h5",
  h6: "h6",
  hr: "hr",
  blockquote: "blockquote",
  code: "code",
  inlineCode: ({ children }: { children?: ReactNode }) => <code>{children}</code>,
  pre: "pre",
  img: () => null,
  table: ({ children }: { children?: ReactNode }) => (
    <div className="scroll-calm overflow-x-auto">
      <table>{children}</table>
    </div>
  ),
  thead: "thead",
  tbody: "tbody",
  tr: "tr",
  th: "th",
  td: "td",
  section: "section",
  sub: "sub",
  sup: "sup",
} as const;

function isSafeUrl(url: string): boolean {
  if (url.startsWith("#")) return true;
  try {
    return ["https:", "http:"].includes(new URL(url).protocol);
  } catch {
    return false; // relative: our own pages are not for a model to link to
  }
}

/** A link out: its words as written, then the host in plain sight, so that words cannot pretend another place. */
function SafeLink({ href, children }: { href: string | undefined; children: ReactNode }) {
  if (!href || href.startsWith("#") || !isSafeUrl(href)) return <span>{children}</span>;
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="text-accent underline decoration-(--accent-line) underline-offset-[3px]"
    >
      {children}
      <span className="ml-1 inline-flex items-center gap-0.5 rounded-sm bg-hover px-1 text-muted text-xs no-underline">
        {new URL(href).host}
        <ExternalLink size={10} aria-hidden="true" />
      </span>
    </a>
  );
}
