import { Parser } from "htmlparser2";

const unread = new Set(["script", "style", "template", "noscript", "svg", "math", "iframe", "object", "nav"]);
const block =
  /^(address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|ol|p|pre|section|table|td|th|tr|ul)$/;

/** The text of an HTML page as Markdown: headings, paragraphs and list items; nothing of it runs or is fetched. */
export function htmlText(html: string): { title: string | null; text: string } {
  const parts: string[] = [];
  let title = "";
  let hidden = 0;
  let inTitle = false;
  const parser = new Parser({
    onopentagname(name) {
      if (unread.has(name)) hidden += 1;
      if (name === "title") inTitle = true;
      if (!block.test(name)) return;
      const heading = /^h([1-6])$/.exec(name)?.[1];
      if (heading) parts.push(`\n\n${"#".repeat(Number(heading))} `);
      else if (name === "li") parts.push("\n- ");
      else if (name === "td" || name === "th") parts.push(" ");
      else parts.push(name === "br" || name === "tr" ? "\n" : "\n\n");
    },
    ontext(text) {
      if (inTitle) title += text;
      else if (hidden === 0) parts.push(text.replace(/\s+/g, " "));
    },
    onclosetag(name) {
      if (unread.has(name)) hidden -= 1;
      if (name === "title") inTitle = false;
      if (block.test(name) && !/^(td|th|li|tr|br)$/.test(name)) parts.push("\n\n");
    },
  });
  parser.end(html);
  return { title: title.replace(/\s+/g, " ").trim() || null, text: parts.join("") };
}
