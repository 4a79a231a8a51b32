import { singleLine } from "@cloudoptima/tools/kernel/plain-text.ts";
import type { Activity } from "botbuilder";
import type { CardElement } from "./adaptive-text.ts";

/** An Adaptive Card, as far as every client of Teams draws it. */
export interface AdaptiveCard {
  type: "AdaptiveCard";
  version: "1.5";
  $schema: "http://adaptivecards.io/schemas/adaptive-card.json";
  msteams: { width: "Full" };
  body: CardElement[];
  actions?: CardElement[];
  refresh?: { action: CardElement };
}

/** A message for Teams: a card to look at, a line for notifications; or a plain line alone. */
export type TeamsMessage = { card: AdaptiveCard; summary: string } | { text: string };

export function adaptiveCard(
  body: CardElement[],
  more: Pick<AdaptiveCard, "actions" | "refresh"> = {},
): AdaptiveCard {
  return {
    type: "AdaptiveCard",
    version: "1.5",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    msteams: { width: "Full" },
    body,
    ...more,
  };
}

export const adaptiveCardType = "application/vnd.microsoft.card.adaptive";

/** The message as the Bot Connector takes it. Text is plain: Teams reads no markdown or mention in it. */
export function toActivity(message: TeamsMessage): Partial<Activity> {
  if ("text" in message) return { type: "message", text: singleLine(message.text), textFormat: "plain" };
  return {
    type: "message",
    summary: singleLine(message.summary).slice(0, 300),
    attachments: [{ contentType: adaptiveCardType, content: message.card }],
  };
}
