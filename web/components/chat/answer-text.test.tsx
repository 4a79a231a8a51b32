import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import type { ShownFigure } from "../../lib/figures.ts";
import { AnswerText } from "./answer-text.tsx";
import { ProofProvider } from "./proof-context.tsx";

const figure: ShownFigure = {
  id: "1",
  text: "$110,238",
  value: "110238.09",
  unit: "USD",
  formula: "identity",
  sources: [{ call: 0, pointer: "/total/0/value" }],
  tool: "get_cost_breakdown",
  provenance: "get_cost_breakdown, 1-31 Oct 2026, 1,240 rows",
};

const render = (text: string, streaming = false) =>
  renderToStaticMarkup(
    <ProofProvider>
      <AnswerText text={text} figures={new Map([["1", figure]])} steps={[]} streaming={streaming} />
    </ProofProvider>,
  );

describe("AnswerText", () => {
  test("draws markdown", () => {
    const html = render("**October** cost less.\n\n- VMs\n- SQL\n\n| a | b |\n|---|---|\n| 1 | 2 |");
    expect(html).toContain("<strong>October</strong>");
    expect(html.match(/<li/g)).toHaveLength(2);
    expect(html).toContain("<td>1</td>");
  });

  test("makes a figure of a link to its proof, and marks one that has none", () => {
    expect(render("It cost [$110,238](#figure-1).")).toContain('aria-label="$110,238: proof"');
    for (const text of ["It cost [$9](#unproven).", "It cost [$9](#figure-7)."]) {
      expect(render(text)).toContain("unproven");
      expect(render(text)).not.toContain("proof");
    }
  });

  test.each([true, false])("lets no image, HTML or script through (streaming: %s)", (streaming) => {
    const html = render(
      [
        "![x](https://evil.example/a.png)",
        '<img src="https://evil.example/b.png" onerror="alert(1)"><script>alert(1)</script>',
        '<iframe src="https://evil.example"></iframe><form action="https://evil.example"><button>Approve</button></form>',
        '<a href="javascript:alert(1)">x</a>',
        "![ref]\n\n[ref]: https://evil.example/c.png",
      ].join("\n\n"),
      streaming,
    );
    expect(html).not.toMatch(/<(img|script|iframe|form|button|object|svg\b[^>]*onload)/i);
    expect(html).not.toContain("url(");
  });

  test("a link shows its host; scripts, data and our own pages are no place to link to", () => {
    const html = render("[Approve](https://evil.example/approve)");
    expect(html).toContain('href="https://evil.example/approve"');
    expect(html).toContain("evil.example<");
    expect(html).toContain('rel="noopener noreferrer nofollow"');
    for (const url of [
      "javascript:alert(1)",
      "data:text/html,x",
      "/api/session",
      "//evil.example",
      "vbscript:x",
    ]) {
      expect(render(`[x](${url})`), url).not.toContain("href");
    }
  });
});
