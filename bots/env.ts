import { z } from "zod";
import {
  readSlackSettings,
  readTeamsSettings,
  type SlackSettings,
  type TeamsSettings,
} from "./chat-settings.ts";

const Environment = z.object({
  /** Set by npm: the folder from which `npm run` was called. */
  INIT_CWD: z.string().optional(),
  npm_lifecycle_event: z.string().optional(),
  COLUMNS: z.string().regex(/^\d+$/).optional().catch(undefined),
});

const environment = Environment.parse(process.env);

/** The folder that file names of the person are relative to; npm itself moves to the package's folder. */
export function callersFolder(): string {
  return environment.npm_lifecycle_event === "cloudoptima" && environment.INIT_CWD
    ? environment.INIT_CWD
    : process.cwd();
}

/** Characters in a line of this output; a fixed width when nobody watches, so that scripts get stable text. */
export function outputWidth(stream: { isTTY?: boolean; columns?: number }): number {
  const columns = stream.isTTY ? stream.columns : Number(environment.COLUMNS ?? 100);
  return Math.min(Math.max(columns || 100, 40), 140);
}

/** This process's Slack settings, or null when Slack is not set up. */
export function slackSettings(): SlackSettings | null {
  return readSlackSettings(process.env);
}

/** This process's Teams settings, or null when Teams is not set up. */
export function teamsSettings(): TeamsSettings | null {
  return readTeamsSettings(process.env);
}
