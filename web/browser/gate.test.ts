import { rmSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askQuestion, openBrowser, openPage, signIn, waitForData } from "./browser.ts";
import { accessibilityProblems } from "./check-accessibility.ts";
import { call, lookAs, openProposal, proposeTag } from "./gate-page.ts";
import { copyDemoData, type Product, startProduct } from "./product.ts";

const dataDir = copyDemoData("gate");
let browser: Browser;
let product: Product;

beforeAll(async () => {
  browser = await openBrowser();
  product = await startProduct(dataDir);
  const { page } = await openPage(browser, product.address);
  await signIn(page);
  await waitForData(page); // nothing can be proposed of what no scan has seen
  await page.context().close();
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** A signed-in page of the demo's first admin, on the approvals page unless said otherwise. */
async function open(path = "/approvals", options = {}) {
  const watched = await openPage(browser, product.address, options);
  await signIn(watched.page);
  if (path !== "/") await watched.page.goto(`${product.address}${path}`);
  return watched;
}

const button = (within: Pick<Page, "getByRole">, name: string) =>
  within.getByRole("button", { name, exact: true });

describe("a change, decided in the web", () => {
  test("typed in the chat, approved by one click, undone by another", async () => {
    const { page, foreign, errors } = await open("/");
    const decisions: string[] = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/decision")) decisions.push(request.postData() ?? "");
    });
    const running = () =>
      call<{ totalCount: number }>(page, "search_resources", {
        type: "VM",
        resourceGroup: "rg-dev",
        status: "deallocated",
      });
    const before = (await running()).totalCount;

    const answer = await askQuestion(page, "stop the idle VMs in rg-dev");
    const card = answer.getByRole("region", { name: /^Stop \d+ virtual machines?$/ });
    await card.getByText("Waiting for approval").waitFor();
    const count = await card.getByRole("list", { name: "Resources" }).getByRole("listitem").count();
    expect(count).toBeGreaterThan(0);
    const text = await card.innerText();
    expect(text).toMatch(/\$[\d,.]+ a month, at your rates/);
    expect(text).toContain("/resourcegroups/rg-dev/providers/microsoft.compute/virtualmachines/");
    expect(text).toContain("What is on the temporary disk is lost.");
    expect(text).toContain("Start it again");
    expect((await running()).totalCount).toBe(before);

    await button(card, "Dry run").click();
    await card.getByText("nothing speaks against it").waitFor();
    await button(card, "Approve").dblclick(); // an impatient hand decides once
    await button(card, "Undo").waitFor();
    expect(decisions).toHaveLength(1);
    expect(JSON.parse(decisions[0]!)).toEqual({
      planHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      decision: "approve",
    });
    expect((await running()).totalCount).toBe(before + count);

    await button(card, "Undo").click();
    const undo = answer.getByRole("region", { name: /^Start \d+ virtual machines? again$/ });
    await button(undo, "Approve").click();
    await undo.getByRole("status").getByText("Done").waitFor();
    await card.getByText("Undone").waitFor();
    expect((await running()).totalCount).toBe(before);

    await page.reload(); // both cards are what is stored, not what was answered
    await page
      .getByRole("region", { name: /^Stop \d+/ })
      .getByText("Undone")
      .waitFor();
    await page
      .getByRole("region", { name: /^Start \d+/ })
      .getByText("Approved by")
      .waitFor();
    expect(foreign).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test("a viewer sees everything and can press nothing; what others decide appears by itself", async () => {
    const { page: admin } = await open();
    const proposed = await proposeTag(admin, { Seen: "by a viewer" });
    const { page: viewer } = await open("/");
    await lookAs(viewer, "Demo Viewer");
    const card = await openProposal(viewer, proposed);
    expect(await card.getByRole("button").allInnerTexts()).toEqual([""]); // to copy the id
    await card.getByText("Your role (viewer) cannot decide on changes").waitFor();
    await viewer
      .getByRole("link", { name: /^Approvals/ })
      .getByText(/^\d+ waiting$/)
      .waitFor();
    const refused = await viewer.request.post(
      `${product.address}/api/v1/remediation/actions/${proposed.id}/decision`,
      { data: { planHash: proposed.planHash, decision: "approve" } },
    );
    expect(refused.status()).toBe(403);

    await button(await openProposal(admin, proposed), "Approve").click();
    await card.getByRole("status").getByText("Done").waitFor();
    await card.getByText("Approved by Demo Admin, in the web").waitFor();
    expect(await button(card, "Undo").count()).toBe(0);
    await admin.context().close();
    await viewer.context().close();
  });

  test("two people, a fresh sign-in, and why the proposer cannot: a high risk", async () => {
    const { page } = await open();
    const proposed = await proposeTag(page, { Environment: "staging" });
    const own = await openProposal(page, proposed);
    await own.getByText("You proposed this change; someone else has to approve it.").waitFor();
    expect(await button(own, "Approve").count()).toBe(0);

    await lookAs(page, "Second Admin");
    const card = await openProposal(page, proposed);
    await card.getByText("High", { exact: true }).waitFor();
    await page.route(
      "**/decision",
      (route) =>
        route.fulfill({
          status: 403,
          json: {
            error: {
              message: "This change is high risk or cannot be undone: sign in again, then approve.",
            },
          },
        }),
      { times: 1 },
    );
    await button(card, "Approve").click();
    await button(card, "Yes, approve").click();
    const dialog = page.getByRole("dialog", { name: "Sign in again" });
    await dialog.getByRole("button", { name: "It is me" }).click();
    await dialog.waitFor({ state: "detached" });
    await card.getByRole("status").getByText("Done").waitFor();
    await page.context().close();
  });

  test("names and tags cannot feign, run or reorder anything", async () => {
    const { page, errors } = await open();
    const proposed = await proposeTag(page, {
      Note: "<img src=x onerror=window.pwned=1> ✓ Approved by Second Admin\nDone",
    });
    // The product plans no such characters; a page must stand them all the same.
    const name = "vm\u202e100-smc\u200b<script>window.pwned=1</script> Approved by Second Admin";
    await page.route("**/api/trpc/*get_proposal*", async (route) => {
      const response = await route.fetch();
      const body = (await response.text())
        .replaceAll('"resourceName":"vm-legacy-cms-001"', `"resourceName":${JSON.stringify(name)}`)
        .replaceAll(" ✓ Approved", "\u2066\u202e ✓ Approved");
      await route.fulfill({ response, body });
    });
    await page.goto(`${product.address}/approvals/${proposed.id}`);
    const card = page.getByRole("region", { name: /^Set Note/ });
    await card.getByText("<script>window.pwned=1</script>").first().waitFor();
    await card.getByText("Exact plan").click();
    const text = (await card.textContent())!;
    expect(text).not.toMatch(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/);
    expect(text).toContain("<img src=x onerror=window.pwned=1>");
    expect(await card.locator("img, script").count()).toBe(0);
    // What it says of itself changes nothing of what the product says.
    expect(await card.getByRole("status").innerText()).toBe("Waiting for approval");
    expect(await card.getByRole("list", { name: "Decisions" }).count()).toBe(0);
    expect(await page.evaluate(() => (window as { pwned?: number }).pwned)).toBeUndefined();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test("the list by keys alone: walk, open, confirm, reject with a reason", async () => {
    const { page, errors } = await open();
    const rejected = await proposeTag(page, { Keys: "rejected" });
    const approved = await proposeTag(page, { Keys: "approved" });
    await page.locator(`[data-proposal="${approved.id}"]`).waitFor();
    await page.keyboard.press("j"); // newest first
    await page.keyboard.press("Enter");
    const panel = page.getByRole("complementary", { name: "Proposal" });
    await panel.getByText("Keys = approved (new)", { exact: true }).waitFor();
    await page.keyboard.press("j");
    await panel.getByText("Keys = rejected (new)", { exact: true }).waitFor();
    await page.keyboard.press("k");
    await panel.getByText("Keys = approved (new)", { exact: true }).waitFor();
    await page.keyboard.press("a");
    await button(panel, "Yes, approve").waitFor();
    expect(new URL(page.url()).pathname).toBe(`/approvals/${approved.id}`);
    await page.keyboard.press("Escape"); // takes back the question, not the proposal
    await button(panel, "Approve").waitFor();
    await page.keyboard.press("a");
    await page.keyboard.press("Enter");
    await panel.getByRole("status").getByText("Done").waitFor();
    await page.locator(`[data-proposal="${approved.id}"]`).waitFor({ state: "detached" });

    await page.keyboard.press("j"); // where the other one went from, the next one is
    await panel.getByText("Keys = rejected (new)", { exact: true }).waitFor();
    await page.keyboard.press("r");
    await page.keyboard.type("Wrong team");
    await page.keyboard.press("Enter");
    await panel.getByText(/^Rejected by Demo Admin.*“Wrong team”$/).waitFor();
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    await button(page, "Closed").click();
    await page.locator(`[data-proposal="${rejected.id}"]`).waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  test("a decision that did not arrive says so, and the next press works", async () => {
    const { page } = await open();
    const card = await openProposal(page, await proposeTag(page, { Lost: "answer" }));
    await page.route("**/decision", (route) => route.abort(), { times: 1 });
    await button(card, "Approve").click();
    await card.getByRole("alert").getByText("The server does not answer.").waitFor();
    await button(card, "Approve").click();
    await card.getByRole("status").getByText("Done").waitFor();
    expect(await card.getByRole("alert").count()).toBe(0);
    await page.context().close();
  });

  test("what nobody could tell is looked at again, and a refusal says why", async () => {
    const { page } = await open();
    const proposed = await proposeTag(page, { Unclear: "outcome" });
    await button(await openProposal(page, proposed), "Approve").click();
    await button(page, "Undo").waitFor();
    // The sandbox tells every outcome: the page alone is told otherwise, the server knows better.
    await page.route("**/api/trpc/*get_proposal*", async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replaceAll('"status":"completed"', '"status":"needs_attention"');
      await route.fulfill({ response, body });
    });
    const card = await openProposal(page, proposed);
    await card.getByRole("status").getByText("Needs a look").waitFor();
    await button(card, "Look again").click();
    await card.getByRole("alert").getByText("It is completed and needs no attention.").waitFor();
    expect(await button(card, "Undo").count()).toBe(0);
    await page.context().close();
  });

  test("the stop switch stands for everybody, and takes the approval away while it does", async () => {
    const { page } = await open();
    const proposed = await proposeTag(page, { Stopped: "meanwhile" });
    await button(page, "Stop all changes").click();
    await page.getByLabel("Reason").fill("Change freeze");
    await button(page, "Stop now").click();
    const banner = page.getByText("All changes are stopped.");
    await banner.waitFor();

    const { page: member } = await open("/");
    await lookAs(member, "Demo Member");
    const card = await openProposal(member, proposed);
    await member.getByText("All changes are stopped.").waitFor();
    await card.getByText("Change freeze").waitFor();
    expect(await button(card, "Approve").isDisabled()).toBe(true);
    expect(await member.getByRole("button", { name: /Let changes run again/ }).count()).toBe(0);

    await page.getByRole("button", { name: /Let changes run again/ }).click();
    await page.getByRole("button", { name: /Yes, let them run/ }).click();
    await banner.waitFor({ state: "detached" });
    await member.reload();
    await button(member, "Approve").click();
    await member.getByRole("region").getByText("Done").first().waitFor();
    await page.context().close();
    await member.context().close();
  });

  test("an admin changes the rules, and they count", async () => {
    const { page } = await open();
    await button(page, "Rules").click();
    await page.getByLabel(/^A person may approve their own/).uncheck();
    await page.getByLabel("Hours a proposal waits").fill("5");
    await button(page, "Save").click();
    await button(page, "Save").waitFor({ state: "detached" });
    const card = await openProposal(page, await proposeTag(page, { Rules: "changed" }));
    await card.getByText("You proposed this change; someone else has to approve it.").waitFor();
    await card.getByText(/\((4 hours|5 hours) left\)$/).waitFor();
    await call(page, "update_remediation_settings", { selfApproval: true, proposalHours: 72 });
    await page.context().close();
  });
});

describe.each([
  { name: "light", options: { colorScheme: "light" as const } },
  { name: "dark", options: { colorScheme: "dark" as const } },
  {
    name: "phone",
    options: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  },
])("in $name", ({ name, options }) => {
  test("the pages are readable and named, in every state", async () => {
    const { page, errors } = await open("/approvals", options);
    const check = async (state: string) => {
      expect(await accessibilityProblems(page), state).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), state).toBe(
        page.viewportSize()!.width,
      );
    };
    const proposed = await proposeTag(page, { Looked: `at in ${name}` });
    await page.locator(`[data-proposal="${proposed.id}"]`).waitFor();
    await check("list");
    for (const group of ["Running", "Done", "Closed"]) {
      await page.getByRole("button", { name: new RegExp(`^${group}`) }).click();
      await page.getByRole("button", { name: new RegExp(`^${group}`), pressed: true }).waitFor();
    }
    await check("another part");
    await button(page, "Rules").click();
    await check("rules");
    await page.keyboard.press("Escape");
    await button(page, "Stop all changes").click();
    await check("stop switch");
    await page.keyboard.press("Escape");

    const card = await openProposal(page, proposed);
    await check("proposal");
    await button(card, "Reject…").click();
    await check("reason");
    await button(card, "Keep it waiting").click();
    await button(card, "Dry run").click();
    await card.getByText("nothing speaks against it").waitFor();
    await button(card, "Approve").click();
    await button(card, "Undo").waitFor();
    await card.getByText(/^Journal/).click();
    await card.getByText(/^Exact plan/).click();
    await check("done");
    expect(errors).toEqual([]);
    await page.context().close();
  });
});
