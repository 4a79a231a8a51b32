import type { Pillar, Severity } from "@cloudoptima/tools/assessment/pillars.ts";

/** What of the Well-Architected assessment the words ask for. */
export interface AssessmentQuestion {
  checkId?: string;
  pillar?: Pillar;
  severity?: Severity;
  /** As get_assessment takes it. */
  resourceType?: string;
  by?: "resource_group" | "subscription";
  wants: "score" | "checks" | "change" | "unknown";
  order?: "worst" | "best";
}

const checkId = /\b(?:REL|SEC|COST|PERF|OPS)-[A-Z]{2,6}-\d\d\b/i;
const pillarWords: readonly [RegExp, Pillar][] = [
  [/\b(?:reliab\w+|resilien\w+|availability|redundan\w+)\b/i, "reliability"],
  [/\b(?:secur\w+|safe|hardened|vulnerab\w+)\b/i, "security"],
  [/\bperformance\b/i, "performance_efficiency"],
  [/\b(?:operational|operations) (?:excellence|score|checks?)\b/i, "operational_excellence"],
  [/\bcost[- ]optimi[sz]ation\b/i, "cost_optimization"],
];
const typeWords: readonly [RegExp, string][] = [
  [/\bstorage(?: accounts?)?\b/i, "storage account"],
  [/\bsql servers?\b/i, "SQL server"],
  [/\b(?:databases?|sql|dbs?)\b/i, "SQL database"],
  [/\bscale ?sets?\b/i, "scale set"],
  [/\b(?:vms?|virtual machines?|machines)\b/i, "VM"],
  [/\b(?:aks|k8s|kubernetes|clusters?)\b/i, "AKS"],
  [/\bkey ?vaults?\b/i, "key vault"],
  [/\b(?:nsgs?|network security groups?|firewall rules?)\b/i, "NSG"],
  [/\b(?:web ?apps?|app services?)\b/i, "App Service"],
  [/\bload balancers?\b/i, "load balancer"],
  [/\bdisks?\b/i, "disk"],
  [/\bsnapshots?\b/i, "snapshot"],
  [/\b(?:openai|ai services?)\b/i, "AI service"],
];
const subject =
  "(?:our|my|the|all|any|we|everything|estate|cloud|infrastructure|setup|environment|architecture|storage|databases?|sql|vms?|virtual machines?|networks?|clusters?|aks|kubernetes|key ?vaults?|web ?apps?|apps?|disks?)";

/** Whether a question is about how well the estate is built, and not about its cost. */
export const assessmentQuestion = new RegExp(
  [
    checkId.source,
    String.raw`\bwell[- ]architected\b`,
    String.raw`\bassessments?\b`,
    String.raw`\bpillars?\b`,
    String.raw`\b(?:security|reliability|resilience|performance efficiency|operational excellence|cost[- ]optimi[sz]ation|overall) (?:scores?|posture|checks?|findings?|issues?|problems?|gaps?|rating|state)\b`,
    String.raw`\b(?:which|what|show|list|how many|any|are there)\b.*\bchecks?\b.*\b(?:fail\w*|broken|violat\w*|not pass\w*)`,
    String.raw`\bfail(?:ing|ed|s)? (?:\w+ )?checks?\b|\bchecks? (?:do|does) (?:we|it) fail\b`,
    String.raw`\b(?:high|medium|low|critical)(?:[- ]severity)? (?:findings?|checks?)\b`,
    String.raw`\bscores?\b(?=.*\b(?:chang\w*|improv\w*|develop\w*|trend|over time|went|gone|drop\w*|ris\w*|rose|fell)\b)`,
    String.raw`\b(?:worst|best|lowest|highest|our|my|the) (?:\w+ )?scores?\b|\bscores? (?:by|per|of each|for each|for|of|in)\b`,
    String.raw`\bhow (?:good|bad|well|reliable|secure|resilient|robust)\b.*\b(?:reliab\w*|secur\w*|resilien\w*|built|architected|designed|configured|set up|performance efficiency|${subject})\b`,
    String.raw`\b(?:is|are)\s+(?:\w+ )?${subject}\b.*\b(?:secure|secured|reliable|resilient|robust|hardened|well (?:built|configured|designed|set up))\b`,
    String.raw`\bhow (?:reliable|secure|resilient|robust|hardened|safe)\b(?! (?:is|would|it|are we|will)\b.*\bto\b)`,
    String.raw`\b(?:has|have|did|is|are)\b.*\b(?:security|reliability|resilience|well[- ]architected)\b.*\b(?:improv\w*|better|worse|chang\w*|dropp?\w*)\b`,
    String.raw`\b(?:checks?|rules?|results?)\b.*\b(?:not|n['’]t|cannot|unable)\b.*\b(?:evaluat\w*|assess\w*|judged?|tested|told|tell|determined?)\b|\b(?:unknown|unevaluated|untested|skipped) (?:checks?|results?)\b|\b(?:could|can|did)(?: not|n['’]t)\b.*\b(?:assess\w*|evaluat\w*)\b`,
    String.raw`\bhow do we (?:fix|mend|pass)\b.*-\d\d\b`,
  ].join("|"),
  "i",
);

/** Reads pillar, severity, kind of resource and what is wanted from the words. */
export function findAssessment(text: string): AssessmentQuestion {
  const id = checkId.exec(text)?.[0];
  const pillar = pillarWords.find(([pattern]) => pattern.test(text))?.[1];
  const severity = /\b(high|medium|low)\b(?=[- ]severity| findings?| checks?)/i.exec(text)?.[1];
  const resourceType = typeWords.find(([pattern]) => pattern.test(text))?.[1];
  const by = namesEach("(?:resource groups?|groups?|rgs?)").test(text)
    ? ("resource_group" as const)
    : namesEach("subscriptions?").test(text)
      ? ("subscription" as const)
      : undefined;
  const order = /\b(?:worst|weakest|lowest)\b/i.test(text)
    ? ("worst" as const)
    : /\b(?:best|strongest|highest)\b/i.test(text)
      ? ("best" as const)
      : undefined;
  return {
    ...(id ? { checkId: id.toUpperCase() } : {}),
    ...(pillar ? { pillar } : {}),
    ...(severity ? { severity: severity.toLowerCase() as Severity } : {}),
    ...(resourceType ? { resourceType } : {}),
    ...(by ? { by } : {}),
    ...(order && !by ? { order } : {}),
    wants: wanted(text),
  };
}

/** "by resource group", "rank the subscriptions", "resource groups ranked by score". */
function namesEach(place: string): RegExp {
  return new RegExp(
    String.raw`\b(?:by|per|each|which|what|every|rank\w*|sort\w*|order|compar\w+)(?: (?:the|our|my|all|of))* (?:\w+ )?${place}\b|\b${place} (?:ranked|sorted|ordered|compared|by (?:\w+ )?score)`,
    "i",
  );
}

function wanted(text: string): AssessmentQuestion["wants"] {
  if (
    /\b(?:unknown|unevaluated|untested|skipped)\b|(?:\b(?:not|cannot|unable)|n['’]t)\b.*\b(?:evaluat\w*|assess\w*|judged?|tested|told|tell|determined?)\b/i.test(
      text,
    )
  )
    return "unknown";
  if (
    /\b(?:chang\w*|improv\w*|develop\w*|trend|over time|went|gone|dropp\w*|rose|fell|better|worse|new failures?)\b/i.test(
      text,
    )
  ) {
    return "change";
  }
  return /\b(?:checks?|findings?|issues?|problems?|gaps?|violat\w*|what fails)\b/i.test(text)
    ? "checks"
    : "score";
}
