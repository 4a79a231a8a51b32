/**
 * Text for the places where Slack reads markup (a message's fallback text, notifications): the three characters
 * that begin mentions, channels and links are escaped, so a name like "<!channel>" calls nobody.
 */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** What a person typed, as they meant it: without the bot's mention, with links and names as words. */
export function readMessageText(text: string, botUserId: string): string {
  return text
    .replaceAll(`<@${botUserId}>`, " ")
    .replace(/<([@#!])([^|>]+)(?:\|([^>]*))?>/g, (_, kind: string, id: string, label: string | undefined) =>
      label ? `${kind === "#" ? "#" : ""}${label}` : `${kind}${id}`,
    )
    .replace(/<([^|>]+)(?:\|([^>]*))?>/g, (_, url: string, label: string | undefined) => label ?? url)
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ")
    .trim();
}
