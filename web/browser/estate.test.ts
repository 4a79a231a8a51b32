import { rmSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, openPage, signIn, waitForData } from "./browser.ts";
import { accessibilityProblems } from "./check-accessibility.ts";
import { call } from "./gate-page.ts";
import { copyDemoData, type Product, startProduct } from "./product.ts";

const dataDir = copyDemoData("estate");
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

/** Rows are drawn as a table and as cards; one of them is in sight. */
const rowLinks = (page: Page) => page.locator("[data-resource]").filter({ visible: true });
const amounts = (text: string) =>
  [...text.matchAll(/-?[\d,]+\.\d\d/g)].map(([amount]) => Number(amount.replaceAll(",", "")));

interface Counts {
  types: { id: string; label: string; count: number }[];
  totalCost: { value: string }[];
}

describe("the inventory in the web", () => {
  test("is counted by type, narrowed, and opens a resource with its costs, metrics and history", async () => {
    const { page, errors, foreign } = await openPage(browser, product.address);
    await signIn(page);
    await waitForData(page);
    await page.getByRole("link", { name: "Inventory" }).click();
    await rowLinks(page).first().waitFor();
    const { types } = await call<Counts>(page, "count_inventory");
    const machines = types.find(({ label }) => label === "Virtual machine")!;
    await page.getByRole("button", { name: `Virtual machine ${machines.count}` }).click();
    await page.getByText(new RegExp(`^${machines.count} resources`)).waitFor();
    const { totalCost } = await call<Counts>(page, "count_inventory", { type: machines.id });
    const said = await page
      .getByText(/effective cost,/)
      .first()
      .locator("..")
      .innerText();
    expect(amounts(said)[0]).toBeCloseTo(Number(totalCost[0]!.value), 2);
    expect(await accessibilityProblems(page)).toEqual([]);

    await rowLinks(page).first().click();
    const opened = page.getByRole("complementary", { name: "Resource" });
    const name = await opened.getByRole("heading", { level: 2 }).innerText();
    await opened.getByRole("img", { name: /^Line chart\. Cost/ }).waitFor();
    await opened.getByRole("img", { name: /^Line chart\. CPU/ }).waitFor();
    await opened.getByRole("heading", { name: "It uses" }).waitFor();
    await opened.getByText("First seen", { exact: true }).last().waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    // A link to it shows another person the same.
    await page.goto(page.url());
    await opened.getByRole("heading", { level: 2, name }).waitFor();
    await opened.getByRole("button", { name: "Ask about it" }).click();
    await page.getByRole("heading", { level: 2, name: new RegExp(name) }).waitFor();
    expect(errors).toEqual([]);
    expect(foreign).toEqual([]);
    await page.context().close();
  });

  test("fits a phone, where a resource opens over the list", async () => {
    const { page } = await openPage(browser, product.address, { viewport: { width: 360, height: 780 } });
    await signIn(page);
    for (const path of ["/costs", "/costs?part=allocation", "/inventory"]) {
      await page.goto(product.address + path);
      await (path === "/inventory" ? rowLinks(page) : page.getByRole("table")).first().waitFor();
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect({ path, width }).toEqual({ path, width: 360 });
    }
    await rowLinks(page).first().click();
    const opened = page.getByRole("dialog", { name: "Resource" });
    await opened.getByRole("heading", { name: "Tags" }).waitFor();
    await page.keyboard.press("Escape");
    await opened.waitFor({ state: "detached" });
    await page.context().close();
  });
});

describe("costs in the web", () => {
  test("tie out with the provider, and with a rule the teams still add up to the total", async () => {
    const { page, errors } = await openPage(browser, product.address);
    await signIn(page);
    await waitForData(page);
    await page.getByRole("link", { name: "Costs" }).click();
    const reconciled = page.getByRole("region", { name: /^Reconciliation of / }).first();
    await reconciled.getByText("ties out").first().waitFor({ timeout: 60_000 });
    await reconciled.getByText(/^By service/).click();
    const lines = await reconciled.getByRole("table").nth(1).getByRole("row").allInnerTexts();
    expect(lines.length).toBeGreaterThan(5);
    await page.getByRole("region", { name: "Kinds of charges, USD" }).getByText("Refunds").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);

    await page.getByRole("link", { name: "Allocation" }).click();
    const teams = page.getByRole("region", { name: "Cost by team, USD" });
    await teams.getByText("adds up to the last digit").waitFor();
    const unallocated = async () =>
      amounts(await teams.getByRole("row", { name: /^Unallocated/ }).innerText())[0]!;
    const before = await unallocated();
    await page.getByRole("button", { name: "Add a rule" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Shared logs");
    await page.getByLabel("Services").fill("Log Analytics");
    await page.getByLabel("Goes to teams").selectOption("fixed");
    await page.getByLabel("Teams and their percent").fill("web 60, data 30");
    await page.getByRole("button", { name: "Add the rule" }).click();
    await page
      .getByRole("alert")
      .getByText(/add up to 90 percent/)
      .waitFor();
    await page.getByLabel("Teams and their percent").fill("web 60, data 40");
    await page.getByRole("button", { name: "Add the rule" }).click();
    const rule = page.getByRole("list", { name: "Allocation rules" }).getByRole("listitem");
    await rule.getByText(/^took \$/).waitFor();
    const [took] = amounts(await rule.getByText(/^took \$/).innerText());
    await expect.poll(unallocated).toBeCloseTo(before - took!, 1);
    await teams.getByText("adds up to the last digit").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await rule.getByRole("button", { name: "Delete Shared logs" }).click();
    await rule.getByRole("button", { name: /^Delete the rule/ }).click();
    await page.getByText("There is no rule yet").waitFor();
    await expect.poll(unallocated).toBe(before);
    // The refusal is the one thing that the browser's console may hold.
    expect(errors.filter((text) => !/400|Failed to load resource/.test(text))).toEqual([]);
    await page.context().close();
  });

  test("a new dashboard shows a start, which one takes apart for good", async () => {
    const { page, errors } = await openPage(browser, product.address);
    await signIn(page);
    await waitForData(page);
    await page.getByRole("link", { name: "Dashboard" }).click();
    const cards = page.getByRole("button", { name: /off the dashboard$/ });
    await cards.nth(3).waitFor();
    await page.getByRole("img", { name: /^Line chart/ }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("button", { name: /by subscription" off the dashboard$/ }).click();
    await expect.poll(() => cards.count()).toBe(3);
    const { pins } = await call<{ pins: { title: string }[] }>(page, "list_pins");
    expect(pins).toHaveLength(3);
    for (let left = 3; left > 0; left--) {
      await cards.first().click();
      await expect.poll(() => cards.count()).toBe(left - 1);
    }
    await page.reload();
    await page.getByText("Nothing is pinned yet").waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
