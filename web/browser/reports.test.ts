import { readFileSync, rmSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, openPage, signIn, waitForData } from "./browser.ts";
import { accessibilityProblems } from "./check-accessibility.ts";
import { copyDemoData, type Product, startProduct } from "./product.ts";

const dataDir = copyDemoData("reports");
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

async function download(page: Page, name: string): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name }).first().click(),
  ]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

describe("reports in the web", () => {
  test("are generated, followed, downloaded and deleted", async () => {
    const { page, errors, foreign } = await openPage(browser, product.address);
    await signIn(page);
    await waitForData(page);
    await page.getByRole("link", { name: "Reports" }).click();
    await page.getByText("No reports yet").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);

    await page.getByLabel("Report", { exact: true }).selectOption("cost_analysis");
    await page.getByRole("button", { name: "Generate" }).click();
    await page.getByText("Ready").waitFor({ timeout: 60_000 });
    await page.getByText("Cost analysis, 1-31 Oct 2026").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);

    const pdf = await download(page, "Download Cost analysis, 1-31 Oct 2026 as PDF");
    expect(pdf.name).toMatch(/^cost-analysis-2026-10-01-to-2026-10-31-[0-9a-f]{8}\.pdf$/);
    expect(pdf.bytes.subarray(0, 5).toString()).toBe("%PDF-");
    const html = await download(page, "Download Cost analysis, 1-31 Oct 2026 as HTML");

    // Opened as a person opens a file: it shows its charts, asks nobody, and lets nothing run.
    const opened = await browser.newPage();
    const asked: string[] = [];
    const problems: string[] = [];
    opened.on("request", (request) => asked.push(request.url().slice(0, 5)));
    opened.on("console", (message) => problems.push(message.text()));
    await opened.setContent(html.bytes.toString("utf8"), { waitUntil: "load" });
    await opened.getByRole("heading", { name: "What was spent" }).waitFor();
    const widths = await opened
      .locator("img")
      .evaluateAll((images) => images.map((image) => (image as HTMLImageElement).naturalWidth));
    expect(widths.length).toBeGreaterThan(3);
    expect(widths.every((width) => width > 300)).toBe(true);
    expect({ asked: asked.filter((url) => url !== "data:"), problems }).toEqual({ asked: [], problems: [] });
    await opened.close();

    await page.getByRole("button", { name: "Delete Cost analysis, 1-31 Oct 2026" }).click();
    await page.getByRole("button", { name: "Delete for good: Cost analysis, 1-31 Oct 2026" }).click();
    await page.getByText("No reports yet").waitFor();
    expect([errors, foreign]).toEqual([[], []]);
    await page.context().close();
  });

  test("say what is wrong with the form, fit a phone, and show a viewer no form", async () => {
    const { page, errors } = await openPage(browser, product.address, {
      viewport: { width: 360, height: 800 },
    });
    await signIn(page);
    await page.goto(`${product.address}/reports`);
    await page.getByLabel("Report", { exact: true }).selectOption("custom");
    await page.getByLabel("Period").selectOption("days");
    await page.getByLabel("First day").fill("2026-10-20");
    await page.getByLabel("Last day").fill("2026-10-01");
    await page.getByRole("button", { name: "Generate" }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await accessibilityProblems(page)).toEqual([]);
    // A refused request is written to the console by the browser itself.
    expect(errors.filter((error) => !error.includes("400"))).toEqual([]);
    await page.context().close();

    const viewer = await openPage(browser, product.address);
    await signIn(viewer.page);
    await viewer.page.getByRole("link", { name: "Reports" }).waitFor();
    await viewer.page.getByRole("button", { name: "Settings" }).click();
    await viewer.page.getByRole("menuitemradio", { name: /^Demo Viewer/ }).click();
    await viewer.page.getByRole("button", { name: "Settings" }).getByText("Demo Viewer").waitFor();
    await viewer.page.getByRole("link", { name: "Reports" }).click();
    await viewer.page.getByText("No reports yet").waitFor();
    expect(await viewer.page.getByRole("button", { name: "Generate" }).count()).toBe(0);
    await viewer.page.context().close();
  });
});
