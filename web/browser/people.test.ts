import { rmSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser, openPage, signIn } from "./browser.ts";
import { accessibilityProblems } from "./check-accessibility.ts";
import { copyDemoData, type Product, startProduct } from "./product.ts";

const dataDir = copyDemoData("people");
const password = "a long password";
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

describe("people in the web", () => {
  test("one looks as another demo person from the menu, whose role then counts", async () => {
    const { page, errors } = await openPage(browser, product.address);
    await signIn(page);
    await page.getByRole("button", { name: "Manage" }).click();
    await page.getByRole("link", { name: "People" }).waitFor();
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByRole("menuitemradio", { name: /^Demo Viewer/ }).click();
    await page.getByRole("button", { name: "Settings" }).getByText("Demo Viewer").waitFor();
    expect(await page.getByRole("link", { name: "People" }).count()).toBe(0);
    await page.goto(`${product.address}/people`);
    await page.getByText("Only an admin sees and changes people.").waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test("an admin's link lets somebody join with a password, once", async () => {
    const { page, errors } = await openPage(browser, product.address);
    await signIn(page);
    await page.getByRole("button", { name: "Manage" }).click();
    await page.getByRole("link", { name: "People" }).click();
    await page.getByLabel("E-mail address").fill("new@contoso.example");
    await page.getByRole("button", { name: "Make a link" }).click();
    await page.getByText("The link for new@contoso.example").waitFor();
    const link = await page.locator("code").innerText();
    expect(await accessibilityProblems(page)).toEqual([]);

    const joining = await openPage(browser, product.address);
    await joining.page.goto(link);
    await joining.page.getByLabel("Your name").fill("New Person");
    await joining.page.getByLabel("Password").fill(password);
    // The secret left the address, so that neither history nor a screen tells it.
    expect(joining.page.url()).toBe(`${product.address}/join`);
    await joining.page.getByRole("button", { name: "Join" }).click();
    await joining.page.getByRole("button", { name: "Settings" }).getByText("New Person").waitFor();
    expect([...errors, ...joining.errors]).toEqual([]);

    await joining.page.goto("about:blank");
    await joining.page.goto(link);
    await joining.page.getByText("This link cannot be used").waitFor();
    await joining.page.context().close();
    await page.context().close();
  });

  test("an admin sets the time zone of the organization, and reads what is wrong with one", async () => {
    const { page } = await openPage(browser, product.address);
    await signIn(page);
    await page.goto(`${product.address}/people`);
    const zone = page.getByLabel("Time zone");
    const save = page.getByRole("button", { name: "Save" });
    await zone.fill("Mars/Olympus");
    await save.click();
    await page.getByText("There is no such time zone").waitFor();
    expect(await zone.inputValue()).toBe("Mars/Olympus");
    await zone.fill("Europe/Berlin");
    await save.click();
    await page.getByText("Saved.").waitFor();
    await page.reload();
    await page.getByLabel("Time zone").waitFor();
    expect(await zone.inputValue()).toBe("Europe/Berlin");
    await page.context().close();
  });

  test("the account page sets a password that signs in, and shows a key once", async () => {
    const { page } = await openPage(browser, product.address);
    await signIn(page);
    await page.goto(`${product.address}/account`);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Set password" }).click();
    await page.getByText("Saved.").waitFor();
    await page.getByPlaceholder("What uses it").fill("CI");
    await page.getByRole("button", { name: "Make a key" }).click();
    await page.getByText("it is not shown again").waitFor();
    const key = await page.locator("code").first().innerText();
    const asKey = (path: string) =>
      fetch(`${product.address}/api/v1${path}`, { headers: { "X-API-Key": key } });
    expect(await (await asKey("/auth/me")).json()).toMatchObject({ role: "member", via: "api_key" });
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("button", { name: "Revoke CI" }).click();
    await page.getByRole("button", { name: "Revoke for good: CI" }).click();
    await page.getByRole("button", { name: "Revoke CI" }).waitFor({ state: "detached" });
    expect((await asKey("/auth/me")).status).toBe(401);
    await page.context().close();

    const again = await openPage(browser, product.address);
    await again.page.getByRole("button", { name: "Sign in with a password" }).click();
    await again.page.getByLabel("E-mail address").fill("admin@contoso.example");
    await again.page.getByLabel("Password").fill("not this one");
    await again.page.getByRole("button", { name: "Sign in", exact: true }).click();
    await again.page.getByText("do not belong together").waitFor();
    await again.page.getByLabel("Password").fill(password);
    await again.page.getByRole("button", { name: "Sign in", exact: true }).click();
    await again.page.getByLabel("Your question").waitFor();
    await again.page.context().close();
  });
});
