import { AppError } from "@cloudoptima/tools/kernel/errors.ts";
import { z } from "zod";

/** What a Slack workspace's bot needs; all of it or none. The app is made from bots/slack/manifest.json. */
export interface SlackSettings {
  botToken: string;
  signingSecret: string;
  /** The workspace that the bot belongs to: messages of any other are refused. */
  teamId: string;
  /** Name of the organization that its members belong to. */
  organizationName: string;
  /** Slack's own address unless a test says otherwise. */
  apiUrl: string | undefined;
}

const SlackEnvironment = z.object({
  SLACK_BOT_TOKEN: z.string().regex(/^xoxb-/, "must be a bot token, which begins with xoxb-"),
  SLACK_SIGNING_SECRET: z.string().min(16, "must be the signing secret of the app's Basic Information page"),
  SLACK_TEAM_ID: z.string().regex(/^T[A-Z0-9]+$/, "must be a workspace id, which begins with T"),
  CLOUDOPTIMA_SLACK_ORGANIZATION: z.string().min(1),
  SLACK_API_URL: z.url({ protocol: /^https?$/, error: "must be an http(s) address" }).optional(),
});

const required = [
  "SLACK_BOT_TOKEN",
  "SLACK_SIGNING_SECRET",
  "SLACK_TEAM_ID",
  "CLOUDOPTIMA_SLACK_ORGANIZATION",
] as const;

/** Slack's settings; null when none is set. Some without the others stop the start with what is missing. */
export function readSlackSettings(environment: Record<string, string | undefined>): SlackSettings | null {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  if (required.every((name) => present[name] === undefined)) return null;
  const missing = required.filter((name) => present[name] === undefined);
  if (missing.length > 0) {
    throw new AppError("invalid_input", `Slack is set up only in part: ${missing.join(", ")} is missing.`, {
      hint: `Set ${required.join(", ")}, or none of them.`,
    });
  }
  const parsed = SlackEnvironment.safeParse(present);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new AppError("invalid_input", `The environment variable ${issue.path.join(".")} ${issue.message}.`);
  }
  const { data } = parsed;
  return {
    botToken: data.SLACK_BOT_TOKEN,
    signingSecret: data.SLACK_SIGNING_SECRET,
    teamId: data.SLACK_TEAM_ID,
    organizationName: data.CLOUDOPTIMA_SLACK_ORGANIZATION,
    apiUrl: data.SLACK_API_URL,
  };
}
