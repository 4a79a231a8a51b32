import chromium from "@sparticuz/chromium";
import { type Browser, type BrowserContextOptions, type Page, chromium as playwright } from "playwright-core";

// Not the package's own list: it is for a sandboxed function host and turns web security off.
const flags = ["--no-sandbox", "--no-zygote", "--headless=shell", "--font-render-hinting=none"];

/** A headless browser from the npm package, or the one CHROMIUM_PATH names. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? (await chromium.executablePath());
  return playwright.launch({ executablePath, args: flags, headless: true });
}

export interface WatchedPage {
  page: Page;
  /** Requests to any other origin than the product's. */
  foreign: string[];
  /** Errors and policy violations that the page logged. */
  errors: string[];
}

/** A page that writes down whatever it should not do. */
export async function openPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: 1360, height: 860 },
    colorScheme: "light",
    ...options,
  });
  const page = await context.newPage();
  const foreign: string[] = [];
  const errors: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(`${address}/`)) foreign.push(request.url());
  });
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`${address}/`);
  return { page, foreign, errors };
}

/** One click into the demo. */
export async function signIn(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Open the demo" }).click();
  await page.getByLabel("Your question").waitFor();
}

/** Asks and waits for the whole answer, which it returns. */
export async function askQuestion(page: Page, question: string) {
  const answers = page.getByRole("article", { name: "Answer" });
  const before = await answers.count();
  await page.getByLabel("Your question").fill(question);
  await page.keyboard.press("Enter");
  const answer = answers.nth(before);
  await answer.getByRole("button", { name: "Copy the answer" }).waitFor({ timeout: 60_000 });
  return answer;
}

/** Waits until the demo's data is loaded, as the page itself says. */
export async function waitForData(page: Page): Promise<void> {
  await page.getByText(/^Data until /).waitFor({ timeout: 180_000 });
}
