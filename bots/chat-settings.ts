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

/** What a Teams bot needs; all of it or none. The app is made from bots/teams/manifest.json. */
export interface TeamsSettings {
  /** The bot's application id in Entra ID. */
  appId: string;
  appPassword: string;
  /** The tenant that the bot belongs to: messages of any other are refused. */
  tenantId: string;
  /** Name of the organization that its members belong to. */
  organizationName: string;
}

const TeamsEnvironment = z.object({
  TEAMS_APP_ID: z.guid("must be the bot's application id, a GUID").toLowerCase(),
  TEAMS_APP_PASSWORD: z.string().min(16, "must be a client secret of the bot's application"),
  TEAMS_TENANT_ID: z.guid("must be the id of your tenant, a GUID").toLowerCase(),
  CLOUDOPTIMA_TEAMS_ORGANIZATION: z.string().min(1),
});

/** Slack's settings; null when none is set. Some without the others stop the start with what is missing. */
export function readSlackSettings(environment: Record<string, string | undefined>): SlackSettings | null {
  const data = readWhole("Slack", required, SlackEnvironment, environment);
  return (
    data && {
      botToken: data.SLACK_BOT_TOKEN,
      signingSecret: data.SLACK_SIGNING_SECRET,
      teamId: data.SLACK_TEAM_ID,
      organizationName: data.CLOUDOPTIMA_SLACK_ORGANIZATION,
      apiUrl: data.SLACK_API_URL,
    }
  );
}

/** Teams' settings; null when none is set. Some without the others stop the start with what is missing. */
export function readTeamsSettings(environment: Record<string, string | undefined>): TeamsSettings | null {
  const names = Object.keys(TeamsEnvironment.shape);
  const data = readWhole("Teams", names, TeamsEnvironment, environment);
  return (
    data && {
      appId: data.TEAMS_APP_ID,
      appPassword: data.TEAMS_APP_PASSWORD,
      tenantId: data.TEAMS_TENANT_ID,
      organizationName: data.CLOUDOPTIMA_TEAMS_ORGANIZATION,
    }
  );
}

function readWhole<Shape extends z.ZodObject>(
  platform: string,
  needed: readonly string[],
  shape: Shape,
  environment: Record<string, string | undefined>,
): z.output<Shape> | null {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  if (needed.every((name) => present[name] === undefined)) return null;
  const missing = needed.filter((name) => present[name] === undefined);
  if (missing.length > 0) {
    throw new AppError(
      "invalid_input",
      `${platform} is set up only in part: ${missing.join(", ")} is missing.`,
      {
        hint: `Set ${needed.join(", ")}, or none of them.`,
      },
    );
  }
  const parsed = shape.safeParse(present);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new AppError("invalid_input", `The environment variable ${issue.path.join(".")} ${issue.message}.`);
  }
  return parsed.data;
}
