import type { ChatPlatform } from "@cloudoptima/tools/access/chat-links/chat-link-shapes.ts";
import { systemActor } from "@cloudoptima/tools/access/system-actor.ts";
import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import type { Logger } from "pino";
import { z } from "zod";
import { readCard } from "./approvals.ts";
import type { BotOrganization } from "./product-for-bots.ts";
import type { ProposalCard } from "./proposal-card.ts";

/** Where a posted card stands. */
export interface CardPlace {
  teamId: string;
  channelId: string;
  messageId: string;
  /** What else the platform needs to reach the message. */
  address: Record<string, string>;
}

export interface CardKeeper {
  /** Remembers a posted card, so that it changes with its proposal, and draws what changed before. */
  keep(place: CardPlace, proposalId: string): Promise<void>;
  /** Redraws every card of a proposal as it is now. */
  refresh(proposalId: string): Promise<void>;
  /** Stops listening, and ends when running redraws have. */
  close(): Promise<void>;
}

export interface CardKeeperOptions {
  service: ToolService;
  platform: ChatPlatform;
  organization: BotOrganization;
  log: Logger;
  /** Draws a card anew where it stands. */
  redraw(place: CardPlace, card: ProposalCard): Promise<void>;
}

const Cards = z.object({
  cards: z.array(
    z.object({
      teamId: z.string(),
      channelId: z.string(),
      messageId: z.string(),
      address: z.record(z.string(), z.string()),
    }),
  ),
});

/** Keeps posted cards true: they follow their proposal, whoever decides on it and through whatever door. */
export function keepCards(options: CardKeeperOptions): CardKeeper {
  const { service, platform, organization, log, redraw } = options;
  const reader = systemActor(organization);
  const running = new Map<string, { work: Promise<void>; again: boolean }>();
  const followed = new Set<string>();

  async function redrawAll(proposalId: string): Promise<void> {
    const { output } = await service.invoke({
      actor: reader,
      name: "list_chat_cards",
      input: { platform, proposalId },
      source: platform,
    });
    const { cards } = Cards.parse(output);
    if (cards.length === 0) return;
    const card = await readCard(service, reader, platform, proposalId);
    for (const place of cards) {
      try {
        await redraw(place, card);
      } catch (err) {
        // A deleted message or a left channel must not keep the other cards from changing.
        log.warn({ err, proposalId, channelId: place.channelId }, "a proposal's card could not be redrawn");
      }
    }
  }

  /** One redraw at a time for a proposal; what happens meanwhile is drawn by one more, from its last state. */
  function refresh(proposalId: string): Promise<void> {
    followed.add(proposalId);
    const current = running.get(proposalId);
    if (current) {
      current.again = true;
      return current.work;
    }
    const entry = { work: Promise.resolve(), again: false };
    entry.work = (async () => {
      do {
        entry.again = false;
        await redrawAll(proposalId);
      } while (entry.again);
    })().finally(() => running.delete(proposalId));
    running.set(proposalId, entry);
    return entry.work;
  }

  const refreshQuietly = (proposalId: string) => {
    refresh(proposalId).catch((err: unknown) =>
      log.warn({ err, proposalId }, "a proposal's cards could not be redrawn"),
    );
  };
  const stop = subscribe(service, organization.id, refreshQuietly, () => {
    for (const proposalId of followed) refreshQuietly(proposalId);
  });

  return {
    async keep({ teamId, channelId, messageId, address }, proposalId) {
      await service.invoke({
        actor: reader,
        name: "keep_chat_card",
        input: { platform, teamId, channelId, messageId, address, proposalId },
        source: platform,
      });
      // What happened to the proposal between reading it and keeping its place is drawn now.
      await refresh(proposalId);
    },
    refresh,
    async close() {
      stop();
      await Promise.allSettled([...running.values()].map(({ work }) => work));
    },
  };
}

function subscribe(
  service: ToolService,
  organizationId: string,
  onProposal: (id: string) => void,
  onResync: () => void,
): () => void {
  try {
    return service.subscribe(organizationId, (event) => {
      if (event.type === "remediation_updated") onProposal(event.data.id);
      if (event.type === "resync") onResync();
    });
  } catch (error) {
    // Another process has the data: its events are not told here, and cards change by the clicks made here alone.
    if (AppError.from(error).code === "unsupported") return () => {};
    throw error;
  }
}
