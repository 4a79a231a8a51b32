import type { RecommendationType } from "@cloudoptima/tools/recommendations/recommendation-types.ts";

const database = String.raw`(?:databases?|dbs?|sql\w*)`;
const machine = "(?:vms?|virtual machines?|machines?|servers?|instances?)";
const tooBig = String.raw`(?:over-?sized|over-?provisioned|too (?:big|large)|right-?siz\w*|down-?siz\w*)`;
const hardlyUsed =
  "(?:under-?(?:used|utili[sz]ed)|(?:hardly|barely|rarely) used|low (?:use|usage|utili[sz]ation))";
const idle = String.raw`(?:idle|bored|useless|pointless|idling|unused|not (?:being )?used|doing nothing|zombies?|forgotten|(?:turn|switch|power)\w* off|nobody (?:uses|needs)|without (?:load|traffic))`;
const night = "(?:nights?|nightly|overnight|weekends?|(?:office|business|working) hours|after hours)";
const off = String.raw`(?:off|stop\w*|shut\w*|park\w*|sleep\w*|paus\w*)`;
const old = "(?:old|older|oldest|obsolete|outdated|forgotten|superfluous|unneeded)";
const buys = "(?:buy|purchase|reserve)";

const either = (...patterns: readonly string[]) => new RegExp(`\\b(?:${patterns.join("|")})\\b`, "i");
const bothWays = (one: string, other: string) => `${one}\\b.*\\b${other}|${other}\\b.*\\b${one}`;

/** What people call each finding: whoever says this asks for recommendations, whatever else they say. */
const findings: readonly [RegExp, readonly RecommendationType[]][] = [
  [either(bothWays(database, tooBig), bothWays(database, hardlyUsed)), ["database_rightsizing"]],
  [
    either(
      "serverless (?:candidates?|databases?|sql)",
      bothWays("serverless", "(?:could|should|can|candidates?|move|convert|suit\\w*)"),
    ),
    ["serverless_candidate"],
  ],
  [
    either("spot (?:candidates?|instances?|vms?|machines?|nodes?|capacity)", "(?:on|to|for|as|use) spot"),
    ["spot_instance"],
  ],
  [
    either(
      String.raw`reservations? (?:to buy|worth buying|candidates?|recommendations?|opportunit\w+)`,
      "recommended reservations?",
      String.raw`(?:which|what|any) (?:reservations?|reserved instances?|ris)\b.*\b${buys}`,
      String.raw`(?:should|could) (?:we|i) ${buys}\b.*\b(?:reservations?|reserved instances?)`,
    ),
    ["reserved_instance"],
  ],
  [
    either("hybrid (?:use )?benefits?", "ahu?b", String.raw`(?:windows|sql(?: server)?) licen[cs]\w+`),
    ["hybrid_benefit"],
  ],
  [
    either(
      bothWays(off, night),
      bothWays("(?:idle|idling|bored|unused|rest|doing nothing)", night),
      "auto(?:matic)?[- ]?(?:shut ?down|stop)s?",
    ),
    ["auto_shutdown"],
  ],
  [
    either(
      String.raw`stopped\b.{0,30}\b(?:bill\w*|paid|pay|paying|charged|cost|costs|costing)`,
      String.raw`(?:billed|paying|pay|charged) (?:for )?(?:\w+ )?stopped`,
      "(?:not|never|without being) deallocated",
      bothWays(
        "(?:pay\\w*|paid|bill(?:ed|s)?|charged)",
        "(?:(?:switched|turned|powered) off|shut ?down|stopped)",
      ),
    ),
    ["stopped_not_deallocated_vm"],
  ],
  [
    either(
      "(?:empty|unused|idle) (?:app service |hosting |service )?plans?",
      "plans? (?:without|with no|that have no) (?:any )?(?:web ?)?apps?",
    ),
    ["empty_app_service_plan"],
  ],
  [either(`${old} (?:disk )?snapshots?`, `snapshots?\\b.*\\b${old}`), ["snapshot_cleanup"]],
  [
    either(
      "(?:cheaper|cooler|cool|cold|archive|lower|wrong|slower) (?:storage |access |disk )?tiers?",
      "storage tier(?:s|ing)?",
      String.raw`premium (?:disks?|ssds?|storage)\b.*\b(?:standard|need\w*|cheaper|too)`,
    ),
    ["storage_tier"],
  ],
  [
    either(
      String.raw`(?:orphan\w*|unused|useless|unattached|idle) (?:nics?|network (?:cards?|interfaces?|adapters?))`,
    ),
    ["orphaned_nic"],
  ],
  [
    either(String.raw`(?:idle|unused|useless|orphan\w*|empty) (?:load[- ]?balancers?|lbs?)`),
    ["idle_load_balancer"],
  ],
  [
    either(String.raw`(?:idle|unused|orphan\w*|empty) (?:(?:vpn|nat|app(?:lication)?|network) )?gateways?`),
    ["idle_gateway"],
  ],
  [either(bothWays(machine, hardlyUsed)), ["underutilized_vm", "vm_rightsizing"]],
  [either("over-?sized", String.raw`right-?siz\w*`, bothWays(machine, tooBig)), ["vm_rightsizing"]],
  [either(bothWays(machine, idle)), ["idle_vm"]],
  [
    either(String.raw`(?:orphan\w*|unattached|detached|unused|useless)(?: managed)? disks?`),
    ["unattached_disk"],
  ],
  [
    either(String.raw`(?:orphan\w*|unattached|unused|useless|idle)(?: public)? (?:ips?|ip addresses)`),
    ["unused_public_ip"],
  ],
];

/** What is looked for when only the kind of thing is named: "recommendations for our disks". */
const kinds: readonly [RegExp, readonly RecommendationType[]][] = [
  [either("snapshots?"), ["snapshot_cleanup"]],
  [either("disks?"), ["unattached_disk"]],
  [either("ips?", "ip addresses"), ["unused_public_ip"]],
  [either("nics?", "network (?:cards?|interfaces?|adapters?)"), ["orphaned_nic"]],
  [either("load[- ]?balancers?", "lbs?"), ["idle_load_balancer"]],
  [either("(?:vpn|nat|app(?:lication)?) gateways?"), ["idle_gateway"]],
  [either("app service plans?"), ["empty_app_service_plan"]],
  [either("reservations?", "reserved instances?"), ["reserved_instance"]],
  [either(database), ["database_rightsizing", "serverless_candidate"]],
  [either(machine), ["idle_vm", "vm_rightsizing", "auto_shutdown"]],
];

/** Whether a finding is asked for by its name; not where what it costs is. */
export function namesFinding(text: string): boolean {
  if (/\bhow much\b|\b(?:costs?|spend|spent) (?:of|for|on)\b|\bwhat if\b/i.test(text)) return false;
  return findings.some(([pattern, [type]]) => !commonFindings.has(type!) && pattern.test(text));
}

/** Whether the words say what is wrong with what they mean: idle, old, too big, used by nobody. */
export function saysFinding(text: string): boolean {
  return (
    aboutWaste.test(text) ||
    findings.some(([pattern, [type]]) => !commonFindings.has(type!) && pattern.test(text))
  );
}

const aboutWaste =
  /\b(?:idle|unused|useless|unattached|orphan\w*|wast\w*|recommend\w*|forgotten|abandoned|nobody|no one|not (?:used|needed|attached)|un(?:needed|necessary))\b/i;

// Their words are those of every question about waste, which has its own rule.
const commonFindings: ReadonlySet<string> = new Set(["idle_vm", "unattached_disk", "unused_public_ip"]);

/** Recommendation types that the words mean, at most four; undefined for all. */
export function findRecommendationTypes(text: string): RecommendationType[] | undefined {
  const typesOf = (table: typeof findings) =>
    [...new Set(table.filter(([pattern]) => pattern.test(text)).flatMap(([, types]) => types))].slice(0, 4);
  const named = withoutImplied(typesOf(findings));
  if (named.length > 0) return named;
  const ofKind = typesOf(kinds);
  return ofKind.length > 0 ? ofKind : undefined;
}

/** "SQL databases that are oversized" means no machines, "machines to switch off at night" no idle ones. */
function withoutImplied(types: RecommendationType[]): RecommendationType[] {
  const has = (type: RecommendationType) => types.includes(type);
  return types.filter((type) => {
    if (type === "vm_rightsizing" && has("database_rightsizing")) return false;
    return type !== "idle_vm" || !(has("auto_shutdown") || has("stopped_not_deallocated_vm"));
  });
}
