import { setTimeout as delay } from "node:timers/promises";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import type { DecisionResult, Product } from "@cloudoptima/tools/product.ts";
import type { ProposalOutput } from "@cloudoptima/tools/remediation/proposal-output.ts";
import { toProposalCard } from "../../proposal-card.ts";
import { exitCodes } from "../exit-codes.ts";
import { renderProposal } from "../render/render-proposal.ts";
import { call, operator, type Terminal } from "../terminal.ts";
import { openTerminalDevice, type TerminalDevice } from "../terminal-device.ts";

interface Options {
  organization?: string;
  email?: string;
}

const underWay = new Set(["approved", "executing", "verifying"]);
const pollMs = 300;

/** Shows the frozen plan on the terminal device, asks for the password there, and records the approval. */
export async function approve(terminal: Terminal, id: string, options: Options): Promise<void> {
  await decideAtDevice(terminal, options, async (device, who) => {
    const proposal = await show(terminal, device, who.actor, id);
    requireWhole(proposal);
    const result = await decide(who, device, proposal, "approve");
    await tell(terminal, who.actor, proposal.id, result);
  });
}

/** The same for a rejection; the reason is kept with it. */
export async function reject(
  terminal: Terminal,
  id: string,
  options: Options & { reason?: string },
): Promise<void> {
  await decideAtDevice(terminal, options, async (device, who) => {
    const proposal = await show(terminal, device, who.actor, id);
    await decide(who, device, proposal, "reject", options.reason);
    terminal.print("Rejected; nothing was changed.\n");
  });
}

/** Plans the way back, shows that plan, and approves it where the person may. */
export async function rollback(terminal: Terminal, id: string, options: Options): Promise<void> {
  await decideAtDevice(terminal, options, async (device, who) => {
    await show(terminal, device, who.actor, id);
    const credentials = await identify(device, who.email);
    const { output } = (await who.product.asPerson({
      ...credentials,
      call: { kind: "invoke", name: "rollback_proposal", input: { id } },
    })) as { output: { id: string } };
    const undo = await show(terminal, device, who.actor, output.id);
    requireWhole(undo);
    // The password was given before this plan was there: what counts is a yes to what now stands on the screen.
    if (!(await device.askYes('Type "yes" to approve this plan:'))) {
      terminal.print(`Nothing was changed; the undo waits for approval as ${undo.id}.\n`);
      return;
    }
    const result = (await who.product.asPerson({
      ...credentials,
      call: { kind: "decide", proposalId: undo.id, planHash: undo.planHash, decision: "approve" },
    })) as DecisionResult;
    await tell(terminal, who.actor, undo.id, result);
  });
}

interface Who {
  product: Product;
  actor: Actor;
  email: string | undefined;
}

async function decideAtDevice(
  terminal: Terminal,
  options: Options,
  work: (device: TerminalDevice, who: Who) => Promise<void>,
): Promise<void> {
  const device = openTerminalDevice(terminal.signal);
  try {
    const product = await terminal.product();
    const actor = await operator(terminal, options.organization);
    await work(device, { product, actor, email: options.email });
  } finally {
    device.close();
  }
}

async function show(
  terminal: Terminal,
  device: TerminalDevice,
  actor: Actor,
  id: string,
): Promise<ProposalOutput> {
  const { output } = await call(terminal, actor, "get_proposal", { id });
  const proposal = output as unknown as ProposalOutput;
  device.show(`\n${renderProposal(proposal, terminal.style)}\n`);
  return proposal;
}

/** What does not fit here is approved where all of it is seen, as in a chat. */
function requireWhole(proposal: ProposalOutput): void {
  if (toProposalCard(proposal).complete) return;
  throw new AppError("unsupported", "This plan is too long to be shown whole in the terminal.", {
    hint: "Look at it on the Approvals page of the web and approve it there.",
  });
}

async function identify(device: TerminalDevice, email: string | undefined) {
  return { email: email ?? (await device.askEmail()), password: await device.askPassword() };
}

async function decide(
  { product, email }: Who,
  device: TerminalDevice,
  { id, planHash }: ProposalOutput,
  decision: "approve" | "reject",
  reason?: string,
): Promise<DecisionResult> {
  const credentials = await identify(device, email);
  const call = { kind: "decide" as const, proposalId: id, planHash, decision, ...(reason ? { reason } : {}) };
  return (await product.asPerson({ ...credentials, call })) as DecisionResult;
}

/** Waits for the end of what was approved: this process may be the one that carries it out. */
async function tell(terminal: Terminal, actor: Actor, id: string, result: DecisionResult): Promise<void> {
  if (result.status !== "approved") {
    terminal.print(
      `Approved by ${result.approvalCount} of ${result.requiredCount}; another person has to approve it too.\n`,
    );
    return;
  }
  for (;;) {
    const { output } = await call(terminal, actor, "get_proposal", { id });
    const proposal = output as unknown as ProposalOutput;
    if (!underWay.has(proposal.status)) {
      terminal.progress.clear();
      terminal.print(renderProposal(proposal, terminal.style));
      if (proposal.status !== "completed") terminal.endWith(exitCodes.failed);
      return;
    }
    terminal.progress.show({
      message: proposal.status === "verifying" ? "Checking the result" : "Carrying it out",
      done: proposal.items.filter(({ status }) => status === "completed" || status === "verifying").length,
      total: proposal.items.length,
    });
    await delay(pollMs, undefined, { signal: terminal.signal });
  }
}

/** A wrong id is a mistake of typing, told before anybody is asked for a password. */
export function requireId(id: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return id.toLowerCase();
  throw new AppError("invalid_input", `"${id}" is not the id of a proposal.`, {
    hint: "List them with: npm run cloudoptima -- approvals",
  });
}
