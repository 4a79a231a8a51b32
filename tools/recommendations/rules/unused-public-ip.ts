import { readDay, readProperty, readText } from "../../clouds/read-property.ts";
import { changeRisk } from "../../remediation/change-risk.ts";
import { disasterRecovery, firstFound, keptCopy, lookFor } from "../counter-evidence.ts";
import { fine, unknown, type Verdict } from "../finding.ts";
import type { JudgedResource, ResourceFacts } from "../judged-resource.ts";
import { defineRule, type Limits } from "../rule.ts";
import { savingsOfEnding } from "../savings.ts";
import { costWindow, daysSince } from "../state-days.ts";
import { wasteOf } from "../waste.ts";

/**
 * unused_public_ip: a public address with no IP configuration, NAT gateway or prefix for 7 days, or one on a
 * network card that belongs to no machine. Azure does not tell since when, so our own observations count and a
 * first sighting lowers the confidence. Basic addresses are retired (30 Sep 2025): a reliability finding, not a
 * saving. Saves the address's own cost. Source: RULES.md, "Recommendation rules".
 */
export default defineRule({
  type: "unused_public_ip",
  resourceTypes: ["microsoft.network/publicipaddresses"],
  metrics: [],
  thresholds: {
    unusedDays: {
      default: 7,
      minimum: 1,
      maximum: 365,
      unit: "days",
      description: "Days of being unused before an address counts as forgotten",
    },
  },
  judge: judgeUnusedPublicIp,
});

function judgeUnusedPublicIp(
  address: JudgedResource,
  facts: ResourceFacts,
  { unusedDays }: Limits<"unusedDays">,
): Verdict {
  if (readText(address.properties, "sku", "name")?.toLowerCase() === "basic") {
    return fine("A Basic address: retired by Azure, no saving.");
  }
  if (readProperty(address.properties, "natGateway")) return fine("A NAT gateway uses it.");
  if (readProperty(address.properties, "publicIPPrefix")) return fine("It belongs to a prefix.");
  // Either end may tell of the other: a gateway names its addresses, an address what holds it.
  const holders = [
    readText(address.properties, "ipConfiguration", "id") ?? [],
    facts.usedBy("public_ip"),
  ].flat();
  const orphans = holders.map((holder) => orphanCard(holder, facts));
  const used = orphans.find(({ verdict }) => verdict);
  if (used?.verdict) return used.verdict;
  const orphan = orphans[0];

  const counterEvidence = [
    ...lookFor(address, [disasterRecovery, keptCopy]),
    { looked: "NAT gateway or prefix", found: null },
  ];
  const kept = firstFound(counterEvidence);
  if (kept) return fine(`Kept on purpose: ${kept}.`);
  const created = readDay(address.properties, "timeCreated");
  if (created && daysSince(created, facts.today) < unusedDays)
    return fine(`Made less than ${unusedDays} days ago.`);

  const savings = savingsOfEnding(address.id, facts.costs, costWindow(facts, null));
  const observedDays = facts.openSince ? daysSince(facts.openSince, facts.today) : 0;
  const value = readText(address.properties, "ipAddress");
  return wasteOf({
    type: "unused_public_ip",
    title: `Release unused public IP address ${address.name}`,
    description: orphan
      ? `This address${value ? ` (${value})` : ""} sits on the network card ${orphan.cardName}, which belongs to no machine. It carries no traffic but is billed every hour.`
      : `This address${value ? ` (${value})` : ""} is attached to nothing. It carries no traffic but is billed every hour.`,
    effort: "easy",
    risk: changeRisk("delete_public_ip", address),
    savings,
    confidence: [0.95, orphan ? "Its network card has no machine." : "Nothing is configured to use it."],
    doubts:
      observedDays < unusedDays
        ? [`Seen as unused for less than ${unusedDays} days: Azure does not tell since when.`]
        : [],
    evidence: [
      orphan
        ? {
            label: "On a network card without a machine",
            value: orphan.cardName,
            unit: "text",
            window: null,
          }
        : { label: "IP configuration", value: "none", unit: "text", window: null },
      ...(facts.openSince
        ? [{ label: "First seen unused", value: facts.openSince, unit: "date", window: null }]
        : []),
    ],
    counterEvidence,
    steps: [
      "Check that no DNS record or partner's firewall rule names the address: once released it can't be had back.",
      orphan ? "Delete the network card, then the address." : "Delete the address.",
    ],
    ...(orphan ? {} : { remediation: "delete_public_ip" }),
  });
}

/** Whether the card that holds the address is an orphan. Something that is no card counts as in use. */
function orphanCard(holder: string, facts: ResourceFacts): { verdict?: Verdict; cardName: string } {
  const match =
    /^(.*\/providers\/microsoft\.network\/networkinterfaces\/([^/]+))(\/ipconfigurations\/.*)?$/i.exec(
      holder,
    );
  if (!match) return { verdict: fine("Something uses it."), cardName: "" };
  const [, cardId = "", cardName = ""] = match;
  const card = facts.related(cardId.toLowerCase());
  // Cards of scale sets are not in the inventory: not seeing one proves nothing.
  if (!card) return { verdict: unknown(`Its network card ${cardName} is not in the inventory.`), cardName };
  const users = ["virtualMachine", "privateEndpoint", "privateLinkService"] as const;
  const isUsed = users.some((user) => readProperty(card.properties, user));
  if (isUsed || facts.usedBy("network_interface", cardId.toLowerCase()).length > 0) {
    return { verdict: fine("Its network card is in use."), cardName };
  }
  return { cardName: card.name };
}
