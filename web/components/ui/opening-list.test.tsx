import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { OpeningList } from "./opening-list.tsx";

interface Row {
  id: string;
  name: string;
  typeLabel: string;
  cost: { value: string; currency: string }[];
}

const row = (id: string, ...cost: Row["cost"]): Row => ({
  id,
  name: `name of ${id}`,
  typeLabel: "Disk",
  cost,
});
const usd = { value: "1234.5", currency: "USD" };
const eur = { value: "7", currency: "EUR" };

function draw(rows: Row[], { current = null as string | null, sorted = false } = {}): string {
  return renderToStaticMarkup(
    <OpeningList
      label="Things"
      rows={rows}
      current={current}
      stale={false}
      onOpen={() => undefined}
      linkOf={({ id }) => ({ href: `/things?id=${id}`, "data-thing": id })}
      nameOf={({ name }) => name}
      heads={<th scope="col">Thing</th>}
      cells={() => null}
      money={{ title: "Cost", sorted, none: "–", onSort: () => undefined, of: ({ cost }) => cost }}
      facts={({ id }) => <span>{`fact of ${id}`}</span>}
    />,
  );
}
const texts = (html: string, tag: string) =>
  [...html.matchAll(new RegExp(`<${tag}\\b[^>]*>(.*?)</${tag}>`, "gs"))].map(([, inner]) =>
    inner!.replaceAll(/<[^>]*>/g, ""),
  );

describe("OpeningList", () => {
  test("names the only currency in the heading of the table, and on each card", () => {
    const html = draw([row("a", usd), row("b")]);
    expect(texts(html, "th")).toEqual(["Thing", "Cost, USD"]);
    expect(texts(html, "td")).toEqual(["name of aDisk", "1,234.50", "name of bDisk", "–"]);
    expect(texts(html, "li")).toEqual(["name of a$1,234.50Diskfact of a", "name of b–Diskfact of b"]);
  });

  test("names each amount's currency where there are several, and adds none up", () => {
    const html = draw([row("a", usd, eur)]);
    expect(texts(html, "th")).toEqual(["Thing", "Cost"]);
    expect(texts(html, "td").at(-1)).toBe("$1,234.50 + €7.00");
  });

  test("says which row is open and by what the rows are sorted, to whoever hears it", () => {
    const html = draw([row("a", usd), row("b", usd)], { current: "b", sorted: true });
    const links = html.match(/<a [^>]*>/g)!;
    expect(links.filter((link) => link.includes('aria-current="true"'))).toEqual(
      links.filter((link) => link.includes('data-thing="b"')),
    );
    expect(links.filter((link) => link.includes('href="/things?id=b"'))).toHaveLength(2);
    expect(html).toContain('aria-sort="descending"');
  });
});
