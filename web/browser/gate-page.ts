import type { Page } from "playwright-core";

export interface Proposed {
  id: string;
  planHash: string;
  headline: string;
}

/** Calls the registry with the session of the page, as its own code does. */
export async function call<Output>(page: Page, name: string, input: object = {}): Promise<Output> {
  const response = await page.request.post(new URL(`/api/trpc/${name}`, page.url()).href, { data: input });
  const body = await response.json();
  if (!response.ok()) throw new Error(`${name}: ${JSON.stringify(body)}`);
  return body.result.data as Output;
}

/** Proposes to set tags on a machine of the demo: low risk, and the machine stays as it is for the others. */
export async function proposeTag(page: Page, tags: Record<string, string>): Promise<Proposed> {
  const { proposals } = await call<{ proposals: Proposed[] }>(page, "propose_change", {
    change: "add_tags",
    resources: ["vm-legacy-cms-001"],
    tags: Object.entries(tags).map(([name, value]) => ({ name, value })),
  });
  return proposals[0]!;
}

/** Becomes another person of the demo, by name. */
export async function lookAs(page: Page, name: string): Promise<void> {
  const session = await (await page.request.get(new URL("/api/session", page.url()).href)).json();
  const person = (session.demoPeople as { id: string; name: string }[]).find((one) => one.name === name);
  await page.request.post(new URL("/api/session/demo", page.url()).href, { data: { personId: person!.id } });
}

/** Opens a proposal on the approvals page and waits until it is drawn. */
export async function openProposal(page: Page, { id, headline }: Proposed) {
  await page.goto(new URL(`/approvals/${id}`, page.url()).href);
  const card = page.getByRole("region", { name: headline });
  await card.waitFor();
  return card;
}
