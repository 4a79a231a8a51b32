import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, openPage, signIn } from "./browser.ts";
import { type Product, startProduct } from "./product.ts";

const paths = [
  ...[
    "/",
    "/dashboard",
    "/inventory",
    "/costs",
    "/costs?part=allocation",
    "/recommendations",
    "/recommendations?part=plan",
    "/assessment",
    "/approvals",
  ],
  ...["/reports", "/knowledge", "/connections", "/people", "/audit", "/account"],
];
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const dataDir = mkdtempSync(join(tmpdir(), "cloudoptima-pages-"));
let browser: Browser;
let product: Product;

beforeAll(async () => {
  browser = await openBrowser();
  product = await startProduct(dataDir);
});
afterAll(async () => {
  await product?.stop();
  await browser?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Axe {
  run(root: Document): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}

/** What axe-core finds wrong, with the first element of each. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const found = await (globalThis as unknown as { axe: Axe }).axe.run(document);
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`);
  });
}

test.each([
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["on a phone", { colorScheme: "light", viewport: { width: 390, height: 844 } }],
] as const)("every page passes axe-core and fits its window, %s", async (_, options) => {
  const { page, errors } = await openPage(browser, product.address, options);
  await signIn(page);
  for (const path of paths) {
    await page.goto(product.address + path);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect({ path, wide, found: await violations(page) }).toEqual({ path, wide: 0, found: [] });
  }
  expect(errors).toEqual([]);
  await page.context().close();
});
