import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askQuestion, openBrowser, openPage, signIn, waitForData } from "./browser.ts";
import { accessibilityProblems } from "./check-accessibility.ts";
import { type FakeModel, startFakeModel } from "./fake-model.ts";
import { type Product, startProduct } from "./product.ts";

const dataDir = mkdtempSync(join(tmpdir(), "cloudoptima-browser-"));
const question = "What did we spend last month by service?";
let browser: Browser;
let product: Product;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe("the product with its built-in analyst", () => {
  beforeAll(async () => {
    product = await startProduct(dataDir);
  });
  afterAll(async () => {
    await product?.stop();
  });

  test("prints its address, what it runs on, and how to connect real things", () => {
    expect(product.lines).toEqual([
      expect.stringMatching(/^CloudOptima AI: http:\/\/127\.0\.0\.1:\d+$/),
      expect.stringContaining("built-in analyst"),
      expect.stringContaining("Connect real things"),
    ]);
  });

  test("a question typed becomes an answer with a chart, its table, and figures with their proof", async () => {
    const { page, foreign, errors } = await openPage(browser, product.address);
    await signIn(page);
    await waitForData(page);
    const answer = await askQuestion(page, question);

    const chart = answer.getByRole("img", { name: /^Bar chart/ });
    expect(await chart.locator("path.recharts-rectangle").count()).toBeGreaterThan(3);
    await answer.getByRole("button", { name: "Show as table" }).click();
    const firstRow = answer.getByRole("row").nth(1);
    expect(await firstRow.innerText()).toMatch(/\d,\d{3}\.\d{2}\s+\d+(\.\d)? %/);

    const figure = answer.getByRole("button", { name: /: proof$/ }).first();
    await figure.hover();
    const proof = page.getByRole("dialog", { name: /^Proof of/ });
    await proof.waitFor();
    expect(await proof.innerText()).toContain("get_cost_breakdown");
    expect(await proof.innerText()).toMatch(/[\d,]+ rows/);
    await proof.getByRole("button", { name: "Open the rows" }).click();
    const panel = page.getByRole("complementary", { name: "Proof" });
    expect(await panel.locator("[data-marked]").count()).toBeGreaterThan(0);

    expect(foreign).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test("a follow-up is understood, and a reload keeps the conversation", async () => {
    const { page } = await openPage(browser, product.address);
    await signIn(page);
    await askQuestion(page, question);
    const followUp = await askQuestion(page, "and by region?");
    expect(await followUp.innerText()).toContain("West Europe");
    await page.reload();
    await page.getByRole("article", { name: "Answer" }).nth(1).waitFor();
    expect(await page.getByRole("heading", { level: 2, name: "and by region?" }).count()).toBe(1);
    expect(await page.getByRole("article", { name: "Answer" }).nth(1).innerText()).toContain("West Europe");
    await page.context().close();
  });

  test("each example question of the first page is answered with a proven figure", async () => {
    const { page } = await openPage(browser, product.address);
    await signIn(page);
    await waitForData(page);
    const examples = await page
      .getByRole("list", { name: "Example questions" })
      .getByRole("button")
      .allInnerTexts();
    expect(examples).toHaveLength(4);
    for (const example of examples) {
      await page.goto(`${product.address}/`);
      const answer = await askQuestion(page, example);
      expect(await answer.getByRole("button", { name: /: proof$/ }).count(), example).toBeGreaterThan(0);
      expect(await answer.getByText("unproven").count(), example).toBe(0);
    }
    await page.context().close();
  });

  test("an answer is pinned to the dashboard, is live there, and comes off again", async () => {
    const { page } = await openPage(browser, product.address);
    await signIn(page);
    const answer = await askQuestion(page, question);
    await answer.getByRole("button", { name: "Pin to dashboard" }).click();
    await answer.getByRole("button", { name: "Pinned to dashboard" }).waitFor();
    // "last month" stays last month: the pin moves on with the calendar.
    const { pins } = await (await page.request.get(`${product.address}/api/v1/pins`)).json();
    expect(pins).toMatchObject([{ toolInput: { period: { words: "last month" } } }]);
    await page.getByRole("link", { name: "Dashboard" }).click();
    await page
      .getByRole("main")
      .getByRole("img", { name: /^Bar chart/ })
      .waitFor();
    await page.getByRole("button", { name: /off the dashboard$/ }).click();
    await page.getByText("Nothing is pinned yet").waitFor();
    await page.context().close();
  });

  test("an action that fails says why beside it, and works at the next try", async () => {
    const { page } = await openPage(browser, product.address);
    const problem = page.getByRole("alert").filter({ hasText: "The server does not answer." });
    const whenCutOff = async (method: string, path: string, act: () => Promise<void>) => {
      await page.route(path, (route) =>
        route.request().method() === method ? route.abort() : route.continue(),
      );
      await act();
      await problem.waitFor();
      // After a reload the answer may come before the page's own heading.
      await page.locator("h1").first().waitFor({ state: "attached" });
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.unroute(path);
    };
    await signIn(page);
    await waitForData(page);
    const answer = await askQuestion(page, question);
    const pin = () => answer.getByRole("button", { name: "Pin to dashboard" }).click();
    await whenCutOff("POST", "**/api/trpc/pin_answer*", pin);
    await pin();
    await answer.getByRole("button", { name: "Pinned to dashboard" }).waitFor();
    expect(await problem.count()).toBe(0);

    const conversation = page.getByRole("listitem").filter({ has: page.locator('[aria-current="page"]') });
    const choose = async (name: string) => {
      await conversation.getByRole("button", { name: /^More for/ }).click();
      await page.getByRole("menuitem", { name }).click();
    };
    const rename = async (title: string) => {
      await choose("Rename");
      await page.getByLabel("Title of the conversation").fill(title);
      await page.keyboard.press("Enter");
    };
    await whenCutOff("POST", "**/api/trpc/rename_conversation*", () => rename("By another name"));
    await choose("Rename"); // what was typed is still there
    expect(await page.getByLabel("Title of the conversation").inputValue()).toBe("By another name");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "By another name" }).waitFor();
    expect(await problem.count()).toBe(0);
    await whenCutOff("POST", "**/api/trpc/delete_conversation*", () => choose("Delete"));

    await page.reload();
    const switchTo = async () => {
      await page.keyboard.press("Control+k");
      await page.getByRole("option", { name: "Switch to SunBird" }).click();
    };
    await page.getByRole("button", { name: /^Organization/ }).waitFor();
    await whenCutOff("POST", "**/api/session/organization", switchTo);
    await page.keyboard.press("Escape");
    await problem.waitFor({ state: "detached" });
    await whenCutOff("POST", "**/api/session/organization", async () => {
      await page.getByRole("button", { name: /^Organization/ }).click();
      await page.getByRole("menuitemradio", { name: "SunBird" }).click();
    });

    await page.getByRole("link", { name: "Dashboard" }).click();
    await page.getByRole("heading", { name: "Dashboard" }).waitFor();
    await page.reload();
    const unpin = () =>
      page
        .getByRole("button", { name: /off the dashboard$/ })
        .first()
        .click();
    await whenCutOff("POST", "**/api/trpc/unpin*", unpin);
    await unpin();
    await page.getByText("Nothing is pinned yet").waitFor();

    const signOut = async () => {
      await page.getByRole("button", { name: "Settings" }).click();
      await page.getByRole("menuitem", { name: "Sign out" }).click();
    };
    await whenCutOff("DELETE", "**/api/session", signOut);
    await signOut();
    await page.getByRole("button", { name: "Open the demo" }).waitFor();
    await page.context().close();
  });

  test("the keyboard alone is enough", async () => {
    const { page } = await openPage(browser, product.address);
    await page.getByRole("button", { name: "Open the demo" }).focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("Your question").waitFor();
    await askQuestion(page, question);
    await page
      .getByRole("button", { name: /: proof$/ })
      .first()
      .focus();
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: "Proof" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("complementary", { name: "Proof" }).waitFor({ state: "detached" });
    await page.keyboard.press("/");
    await page.keyboard.press("ArrowUp");
    expect(await page.getByLabel("Your question").inputValue()).toBe(question);
    await page.keyboard.press("Control+k");
    await page.getByPlaceholder("Search conversations").waitFor();
    await page.keyboard.type("Dashboard");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Dashboard" }).waitFor();
    await page.context().close();
  });

  test.each([
    { name: "light", options: { colorScheme: "light" as const } },
    { name: "dark", options: { colorScheme: "dark" as const } },
    { name: "phone", options: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true } },
  ])("is readable and named in $name", async ({ name, options }) => {
    const { page, errors } = await openPage(browser, product.address, options);
    await page.getByRole("button", { name: "Open the demo" }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await signIn(page);
    expect(await accessibilityProblems(page)).toEqual([]);
    const answer = await askQuestion(page, "Why did our cost change last month?");
    expect(await accessibilityProblems(page)).toEqual([]);
    if (name === "phone") {
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      await answer
        .getByRole("button", { name: /: proof$/ })
        .first()
        .tap();
      // One that is closing may still be there.
      const summary = page.locator('[data-figure-proof][data-state="open"]');
      await summary.getByRole("button", { name: "Open the rows" }).tap();
      await page.getByRole("dialog", { name: "Proof" }).waitFor();
    }
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test("the other organization has its own data and its own examples", async () => {
    const { page } = await openPage(browser, product.address);
    await signIn(page);
    await page.getByRole("button", { name: /^Organization/ }).click();
    await page.getByRole("menuitemradio", { name: "SunBird" }).click();
    await page.getByText("Data until 30 Sep 2024").waitFor();
    const answer = await askQuestion(page, "Spend by service in September 2024");
    expect(await answer.innerText()).toContain("Amazon Elastic Compute Cloud");
    await page.context().close();
  });

  test("other sites and other names get nothing", async () => {
    const write = { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" };
    const fromElsewhere = await fetch(`${product.address}/api/session/demo`, {
      ...write,
      headers: { ...write.headers, Origin: "https://evil.example" },
    });
    expect(fromElsewhere.status).toBe(403);
    expect(fromElsewhere.headers.get("set-cookie")).toBeNull();
  });
});

describe("the product with a model that cannot be trusted", () => {
  let model: FakeModel;
  const hits: string[] = [];
  const evil = createServer((request, response) => {
    hits.push(request.url ?? "");
    response.end();
  });
  let evilAddress: string;

  beforeAll(async () => {
    model = await startFakeModel();
    await new Promise<void>((resolve) => evil.listen(0, "127.0.0.1", resolve));
    evilAddress = `http://127.0.0.1:${(evil.address() as AddressInfo).port}`;
    product = await startProduct(dataDir, {
      OPENAI_BASE_URL: model.url,
      OPENAI_API_KEY: "test",
      MODEL: "fake",
    });
  });
  afterAll(async () => {
    const ended = await product?.stop();
    await model?.close();
    evil.closeAllConnections();
    evil.close();
    expect(ended.milliseconds).toBeLessThan(5_000);
  });

  test("an image, a script and a fake approve link make no request, and an invented figure is marked", async () => {
    model.say(
      `Look: ![chart](${evilAddress}/pixel.png) <img src="${evilAddress}/img.png" onerror="window.pwned=1">\n\n`,
      `<script>window.pwned = 1; fetch("${evilAddress}/script")</script>\n\n`,
      `<iframe src="${evilAddress}/frame"></iframe> <a href="javascript:window.pwned=1">x</a>\n\n`,
      `[Approve the plan](${evilAddress}/approve) or [here](javascript:window.pwned=1), `,
      `or [our page](/api/session).\n\nThe bill was $98,765.43 last month.\n`,
    );
    const { page, foreign, errors } = await openPage(browser, product.address);
    await signIn(page);
    const answer = await askQuestion(page, "What happened?");
    expect(await answer.locator("img, iframe, script").count()).toBe(0);
    // The words may stay; a link that pretends to be ours may not, and any link names the host it goes to.
    expect(await answer.innerText()).toContain("Approve the plan");
    for (const link of await answer.getByRole("link").all()) {
      expect(await link.innerText()).toContain(new URL((await link.getAttribute("href"))!).host);
    }
    expect(await answer.getByText("unproven").count()).toBeGreaterThan(0);
    expect(await page.evaluate(() => (window as { pwned?: number }).pwned)).toBeUndefined();
    expect(hits).toEqual([]);
    expect(foreign).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test("Esc stops an answer and keeps what there is", async () => {
    // A sentence is shown once it was checked, which is when the next one begins.
    model.say("The first sentence stands. ", "The second ", "pause", "never comes.");
    const { page } = await openPage(browser, product.address);
    await signIn(page);
    await page.getByLabel("Your question").fill("Tell me slowly");
    await page.keyboard.press("Enter");
    await page.getByText("The first sentence stands.").waitFor();
    await page.keyboard.press("Escape");
    await page.getByText("Stopped.").waitFor();
    expect(await page.getByText("never comes.").count()).toBe(0);
    await page.reload();
    await page.getByRole("article", { name: "Answer" }).getByText("The first sentence stands.").waitFor();
    await page.context().close();
  });

  test("a reload while the answer is written finds the question, and the answer when it comes", async () => {
    model.say("It begins. ", "It ", "pause", "ends well.");
    const { page } = await openPage(browser, product.address);
    await signIn(page);
    await page.getByLabel("Your question").fill("Tell me over a reload");
    await page.keyboard.press("Enter");
    await page.getByText("It begins.").waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Tell me over a reload" }).waitFor();
    await page.getByText("It begins.").waitFor();
    model.release();
    await page.getByRole("article", { name: "Answer" }).getByText("It ends well.").waitFor();
    await page.getByRole("button", { name: "Copy the answer" }).waitFor();
    await page.context().close();
  });
});
