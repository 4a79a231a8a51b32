import { rmSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, openPage, signIn, waitForData } from "./browser.ts";
import { accessibilityProblems } from "./check-accessibility.ts";
import { call, lookAs } from "./gate-page.ts";
import { copyDemoData, type Product, startProduct } from "./product.ts";

interface Found {
  totalCount: number;
  rows: {
    id: string;
    type: string;
    title: string;
    remediation: string | null;
    resource: { id: string; name: string };
    monthlySavings: { value: string; currency: string } | null;
  }[];
}

const dataDir = copyDemoData("recommendations");
let browser: Browser;
let product: Product;

beforeAll(async () => {
  browser = await openBrowser();
  product = await startProduct(dataDir);
});
// Recommendations follow the first scan, which takes longer than a test on a busy machine.
beforeAll(async () => {
  const { page } = await openPage(browser, product.address);
  await signIn(page);
  await waitForData(page);
  await page.goto(`${product.address}/recommendations`);
  await rowLinks(page).first().waitFor({ timeout: 60_000 });
  await page.context().close();
});
afterAll(async () => {
  await product?.stop();
  await browser?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Rows are drawn as a table and as cards; one of them is in sight. */
const rowLinks = (page: Page) => page.locator("[data-recommendation]").filter({ visible: true });
const rowLink = (page: Page, id: string) =>
  page.locator(`[data-recommendation="${id}"]`).filter({ visible: true });
const panel = (page: Page) => page.getByRole("complementary", { name: "Recommendation" });
const find = (page: Page, input: object = {}) =>
  call<Found>(page, "list_recommendations", { limit: 50, ...input });

/** Opens one, as a link that somebody sent. */
async function openOne(page: Page, id: string) {
  await page.goto(`${product.address}/recommendations/${id}`);
  const opened = panel(page);
  await opened.getByRole("heading", { name: "Steps" }).waitFor();
  return opened;
}

describe("recommendations in the web", () => {
  test("are listed with a total that never adds up what excludes each other, narrowed, and opened", async () => {
    const { page, errors, foreign } = await openPage(browser, product.address);
    await signIn(page);
    await page.getByRole("link", { name: "Recommendations" }).click();
    await rowLinks(page).first().waitFor();
    const all = await find(page, { order: "savings" });
    const summary = page.getByRole("region", { name: "Savings of what is listed" });
    const said = await summary.innerText();
    const [together, largest] = [...said.matchAll(/\$([\d,]+\.\d\d)\s+a month/g)].map(([, amount]) =>
      Number(amount!.replaceAll(",", "")),
    ) as [number, number];
    const alone = all.rows.map(({ monthlySavings }) => Number(monthlySavings?.value ?? 0));
    expect(largest).toBe(Math.max(...alone));
    expect(together).toBeGreaterThan(largest);
    expect(together).toBeLessThan(alone.reduce((sum, one) => sum + one, 0));
    expect(await accessibilityProblems(page)).toEqual([]);

    const { type } = all.rows[0]!;
    const own = await find(page, { type });
    await page.getByLabel("Type").selectOption(type);
    await expect.poll(() => rowLinks(page).count()).toBe(own.totalCount);
    expect(new URL(page.url()).searchParams.get("type")).toBe(type);
    const name = own.rows.at(-1)!.title;
    await page.getByLabel("Search").fill(name);
    await expect.poll(() => rowLinks(page).allInnerTexts()).toContain(name);
    await page.getByLabel("Search").fill("nothing is called so");
    await page.getByText("Nothing fits these filters").waitFor();
    await page.getByRole("button", { name: "Clear the filters" }).click();
    await rowLinks(page).nth(1).waitFor();
    // Whoever types goes on typing, also where nothing was found in between.
    await page.getByLabel("Search").pressSequentially("zzz");
    await page.getByText("Nothing fits these filters").waitFor();
    for (const _ of "zzz") await page.keyboard.press("Backspace");
    await rowLinks(page).nth(1).waitFor();
    expect(await page.getByLabel("Search").evaluate((box) => box === document.activeElement)).toBe(true);
    await page.getByLabel("Search").blur();

    // By the keyboard: down to the second row, into it, on to the third, and back.
    await page.locator("body").press("j");
    await page.keyboard.press("j");
    const second = await page.locator(":focus").getAttribute("data-recommendation");
    await page.keyboard.press("Enter");
    await panel(page).getByRole("heading", { name: "What would speak against it" }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/recommendations/${second}`);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").getAttribute("aria-label")).toBe("Copy the id of the recommendation");
    await page.keyboard.press("Escape");
    expect(await page.locator(":focus").getAttribute("data-recommendation")).toBe(second);
    await page.goBack();
    await panel(page).waitFor();
    await page.reload();
    await panel(page).getByRole("heading", { name: "Evidence" }).waitFor();
    await page.keyboard.press("Escape");
    await panel(page).waitFor({ state: "detached" });
    expect(new URL(page.url()).pathname).toBe("/recommendations");
    expect(errors).toEqual([]);
    expect(foreign).toEqual([]);
    await page.context().close();
  });

  test("lead to a plan that waits for approval, where it can be done here", async () => {
    const { page, errors } = await openPage(browser, product.address);
    await signIn(page);
    const { rows } = await find(page, { type: "idle_vm" });
    const { id, resource } = rows.find(({ remediation }) => remediation === "stop_vm")!;
    const opened = await openOne(page, id);
    await opened.getByRole("button", { name: "Propose it" }).click();
    await page
      .getByRole("region", { name: "Stop 1 virtual machine" })
      .getByText(resource.name)
      .first()
      .waitFor();
    expect(page.url()).toMatch(/\/approvals\/[0-9a-f-]{36}$/);
    // Whoever comes back sees that it was asked for.
    const again = await openOne(page, id);
    await again.getByRole("link", { name: "waiting for approval" }).waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test("are dismissed with a reason and opened again by who may; a viewer only reads", async () => {
    const { page, errors } = await openPage(browser, product.address);
    await signIn(page);
    const { rows } = await find(page, { type: "unattached_disk" });
    const { id } = rows[0]!;
    const opened = await openOne(page, id);
    await opened.getByRole("button", { name: "Start" }).click();
    await opened.getByText("In progress by Demo Admin").waitFor();
    await opened.getByRole("button", { name: "Dismiss…" }).click();
    await opened.getByLabel("Why is it not to be done?").fill("Kept for the auditors");
    await page.keyboard.press("Enter");
    await opened.getByText("Kept for the auditors").waitFor();
    await page.getByRole("button", { name: /^Dismissed/ }).click();
    await rowLink(page, id).waitFor();
    expect(await page.getByText("These are no longer open, so nothing is totalled").count()).toBe(1);

    await lookAs(page, "Demo Viewer");
    const read = await openOne(page, id);
    expect(await read.getByRole("button", { name: "Open it again" }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Analyze again" }).count()).toBe(0);
    await lookAs(page, "Demo Member");
    const reopened = await openOne(page, id);
    await reopened.getByRole("button", { name: "Open it again" }).click();
    await reopened.getByText("Open by Demo Member").waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test("are suppressed, found anew once that is lifted, and judged by the organization's own thresholds", async () => {
    const { page, errors } = await openPage(browser, product.address);
    await signIn(page);
    const { rows } = await find(page, { type: "unused_public_ip" });
    const { id, resource } = rows[0]!;
    const opened = await openOne(page, id);
    await opened.getByRole("button", { name: "Suppress…" }).click();
    await opened.getByLabel("Reason").fill("Ours until the move is over");
    await opened.getByRole("button", { name: "Suppress", exact: true }).click();
    await opened.getByText(/went off the list.*Ours until the move is over/).waitFor();
    await page.getByRole("link", { name: "Suppressed" }).click();
    const row = page.getByRole("list", { name: "Suppressions" }).getByRole("listitem");
    await row.filter({ hasText: resource.name }).getByText("Demo Admin").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByLabel("Resource", { exact: true }).fill("nothing-is-called-so");
    await page.getByLabel("Reason").fill("A wrong name");
    await page.getByRole("button", { name: "Suppress", exact: true }).click();
    await page.getByRole("alert").getByText("No resource is called “nothing-is-called-so”.").waitFor();
    await page.getByRole("button", { name: /^Lift / }).click();
    await page.getByRole("button", { name: /^Lift it, recommend again/ }).click();
    await page.getByText("Nothing is suppressed").waitFor();
    await page.getByRole("button", { name: "Analyze again" }).click();
    await page.getByText("Done: 1 new, 0 fixed").waitFor({ timeout: 60_000 });

    await page.getByRole("link", { name: "Thresholds" }).click();
    const box = page.getByLabel(/^Days without an owner .*before a disk counts as forgotten/);
    await box.fill("365");
    await page.getByRole("listitem").filter({ has: box }).getByRole("button", { name: "Save" }).click();
    await page.getByText("1 differ from the default.").waitFor();
    await page.getByRole("button", { name: "Analyze again" }).click();
    await page.getByText(/^Done: 0 new, [1-9]\d* fixed$/).waitFor({ timeout: 60_000 });
    await page.getByRole("button", { name: /^Take the default again: Days without an owner/ }).click();
    await page.getByText("All are as they came.").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test("make a plan within limits, whose steps add up and open beside it", async () => {
    const { page, errors } = await openPage(browser, product.address);
    await signIn(page);
    await page.goto(`${product.address}/recommendations?part=plan`);
    const plan = page.getByRole("region", { name: "Savings plan, USD" });
    const steps = plan.getByRole("row").filter({ has: page.locator("[data-recommendation]") });
    await steps.first().waitFor();
    for (const text of await steps.allInnerTexts()) expect(text).toMatch(/\bLow\b/);
    const total = async () => Number(/\$([\d,.]+)/.exec(await plan.innerText())![1]!.replaceAll(",", ""));
    const cents = (await steps.allInnerTexts()).map((text) => {
      return Math.round(Number(/([\d,]+\.\d\d)\s*$/.exec(text)![1]!.replaceAll(",", "")) * 100);
    });
    const low = await total();
    expect(cents.reduce((sum, one) => sum + one, 0)).toBe(Math.round(low * 100));
    await page.getByLabel("Risk").selectOption("high");
    await expect.poll(total).toBeGreaterThan(low);
    await steps.first().getByRole("link").click();
    await panel(page).getByRole("heading", { name: "Steps" }).waitFor();
    expect(await plan.count()).toBe(1);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test("fit a phone, where each is a card and opens over the list", async () => {
    const { page } = await openPage(browser, product.address, { viewport: { width: 360, height: 780 } });
    await signIn(page);
    for (const part of ["thresholds", "suppressions", "plan", "list"]) {
      await page.goto(`${product.address}/recommendations?part=${part}`);
      await page.getByRole("heading", { name: "Recommendations", exact: true }).waitFor();
      if (part === "list" || part === "plan") await rowLinks(page).first().waitFor();
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect({ part, width }).toEqual({ part, width: 360 });
    }
    await rowLinks(page).first().click();
    const opened = page.getByRole("dialog", { name: "Recommendation" });
    await opened.getByRole("heading", { name: "Evidence" }).waitFor();
    await page.keyboard.press("Escape");
    await opened.waitFor({ state: "detached" });
    await page.context().close();
  });
});

describe("the cost source of a connection", () => {
  test("is said, changed to exports and back, and a name that cannot be is explained", async () => {
    const { page, errors } = await openPage(browser, product.address);
    await signIn(page);
    await page.getByRole("button", { name: "Manage" }).click();
    await page.getByRole("link", { name: "Connections" }).click();
    await page.getByText("Costs from Cost Management's API").waitFor();
    const change = page.getByRole("button", { name: /^Change where the costs of/ });
    await change.click();
    await page.getByLabel(/^Costs of .* come from$/).selectOption("container");
    await page.getByLabel("Storage account").fill("Not A Name");
    await page.getByLabel("Container").fill("exports");
    await page.getByRole("button", { name: "Save" }).click();
    await page
      .getByRole("alert")
      .getByText(/3 to 24 lower-case letters and digits/)
      .waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByLabel("Storage account").fill("stexports");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Costs from the exports in the blob container stexports/exports").waitFor();
    await change.click();
    await page.getByLabel(/^Costs of .* come from$/).selectOption("query");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Costs from Cost Management's API").waitFor();
    // The refusal is the one thing that the browser's console may hold.
    expect(errors.filter((text) => !/400|Failed to load resource/.test(text))).toEqual([]);
    await page.context().close();
  });
});
