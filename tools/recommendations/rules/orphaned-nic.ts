import { readProperty, readText } from "../../clouds/read-property.ts";
import { changeRisk } from "../../remediation/change-risk.ts";
import { disasterRecovery, firstFound, keptCopy, lookFor } from "../counter-evidence.ts";
import { fine, type Verdict } from "../finding.ts";
import type { JudgedResource, ResourceFacts } from "../judged-resource.ts";
import { defineRule } from "../rule.ts";
import { noSavings } from "../savings.ts";
import { wasteOf } from "../waste.ts";

/** What a network card can belong to; a card that names one of them is in use. */
const owners = ["virtualMachine", "privateEndpoint", "privateLinkService", "managedBy"] as const;

/**
 * orphaned_nic: a network card that belongs to no machine, private endpoint, private link service or other owner.
 * It costs nothing itself, but holds an address of its subnet and keeps a public address or security group from
 * being removed. Source: RULES.md, "also wanted"; Azure Quick Review's orphan rules.
 */
export default defineRule({
  type: "orphaned_nic",
  resourceTypes: ["microsoft.network/networkinterfaces"],
  metrics: [],
  thresholds: {},
  judge: judgeOrphanedNic,
});

function judgeOrphanedNic(card: JudgedResource, facts: ResourceFacts): Verdict {
  if (owners.some((owner) => readProperty(card.properties, owner))) return fine("Something owns it.");
  if (facts.usedBy("network_interface").length > 0) return fine("A machine uses it.");
  const hosted = readProperty(card.properties, "hostedWorkloads");
  if (Array.isArray(hosted) && hosted.length > 0) return fine("A hosted service uses it.");
  const counterEvidence = [
    ...lookFor(card, [disasterRecovery, keptCopy]),
    { looked: "private endpoint, private link service or hosted service", found: null },
  ];
  const kept = firstFound(counterEvidence);
  if (kept) return fine(`Kept on purpose: ${kept}.`);
  const state = readText(card.properties, "provisioningState");
  if (state && !/^succeeded$/i.test(state)) return fine(`It is being changed: ${state}.`);
  return wasteOf({
    type: "orphaned_nic",
    title: `Delete orphaned network card ${card.name}`,
    description:
      "This network card belongs to no machine, usually because its machine was deleted without it. It costs nothing by itself, but it holds an address of its subnet and whatever is attached to it.",
    effort: "easy",
    risk: changeRisk("delete_network_card", card),
    savings: noSavings(facts.prices.currency),
    confidence: [0.9, "Nothing owns it."],
    doubts: [],
    evidence: [{ label: "Owner", value: "none", unit: "text", window: null }],
    counterEvidence,
    steps: [
      "Check that no machine is about to be made again with this card.",
      "Delete the network card; then a public address that it held can be released too.",
    ],
    remediation: "delete_network_card",
  });
}
