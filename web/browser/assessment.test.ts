import { rmSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, openPage, signIn, waitForData } from "./browser.ts";
import { accessibilityProblems } from "./check-accessibility.ts";
import { copyDemoData, type Product, startProduct } from "./product.ts";

const dataDir = copyDemoData("assessment");
let browser: Browser;
let product: Product;

beforeAll(async () => {
  browser = await openBrowser();
  product = await startProduct(dataDir);
});
// The assessment follows the first scan, which takes longer than a test on a busy machine.
beforeAll(async () => {
  const { page } = await openPage(browser, product.address);
  await signIn(page);
  await waitForData(page);
  await page.goto(`${product.address}/assessment`);
  await page.getByRole("list", { name: "Pillars" }).waitFor({ timeout: 60_000 });
  await page.context().close();
});
afterAll(async () => {
  await product?.stop();
  await browser?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe("the assessment in the web", () => {
  test("shows five scores, what fails, and why", async () => {
    const { page, errors, foreign } = await openPage(browser, product.address);
    await signIn(page);
    await page.getByRole("link", { name: "Assessment" }).click();
    const pillars = page.getByRole("list", { name: "Pillars" }).getByRole("button");
    await pillars.nth(4).waitFor();
    expect(await pillars.count()).toBe(5);
    for (const text of await pillars.allInnerTexts()) expect(text).toMatch(/\d+\.\d %[\s\S]*failed/);

    await pillars.filter({ hasText: "Security" }).click();
    const rows = page.getByRole("button", { name: /: explain$/ });
    await page
      .getByRole("button", { name: /^SEC-.*: explain$/ })
      .first()
      .waitFor();
    // Rows of the other pillars leave once the new ones are there.
    await expect
      .poll(async () => (await rows.allInnerTexts()).every((id) => id.startsWith("SEC-")))
      .toBe(true);
    await rows.first().click();
    const details = page.getByRole("dialog");
    await details.getByText("How to mend it").waitFor();
    // "Least TLS version: TLS1_0 · since 2026-10-14"
    expect(await details.getByRole("listitem").first().innerText()).toMatch(
      /\n\S.*: \S.* · since \d{4}-\d\d-\d\d$/,
    );
    expect(await details.getByRole("link", { name: /^Guidance/ }).getAttribute("href")).toMatch(
      /^https:\/\/learn\.microsoft\.com\//,
    );
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(errors).toEqual([]);
    expect(foreign).toEqual([]);
    await page.context().close();
  });

  test("fits a phone, where each check is a card", async () => {
    const { page } = await openPage(browser, product.address, { viewport: { width: 360, height: 780 } });
    await signIn(page);
    await page.goto(`${product.address}/assessment`);
    await page.getByRole("list", { name: "Pillars" }).waitFor();
    await page
      .getByRole("button", { name: /^[A-Z]+-[A-Z]+-\d+.* failed/ })
      .first()
      .waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
    await page.context().close();
  });
});
