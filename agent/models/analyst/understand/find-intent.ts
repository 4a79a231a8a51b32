import { knowledgeQuestion } from "../answers/knowledge.ts";
import { nodesQuestion } from "../answers/node-pools.ts";
import { unmanagedDiskQuestion } from "../answers/unmanaged-disks.ts";
import { violationQuestion } from "../answers/violations.ts";
import type { Intent } from "../question.ts";
import { ageOrSizeQuestion } from "./find-age-and-size.ts";
import { assessmentQuestion } from "./find-assessment.ts";
import { dismisses } from "./find-change-request.ts";
import { whyRecommended } from "./find-flagged.ts";
import { metricsQuestion } from "./find-metrics.ts";
import { ownerQuestion } from "./find-owner.ts";
import { notRealized, realizedQuestion } from "./find-realized.ts";
import { namesFinding } from "./find-recommendation-types.ts";
import { findRelationships } from "./find-relationships.ts";
import { resourceChangeQuestion } from "./find-resource-changes.ts";
import { savingsPlanQuestion } from "./find-savings-plan.ts";
import { asksForVerdict } from "./find-verdict.ts";

interface IntentRule {
  intent: Intent;
  pattern: Pick<RegExp, "test">;
  /** Not when this is there as well. */
  unless?: RegExp;
}

const costWords =
  /\b(?:costs?|costing|costliest|spend|spent|spending|spends|bills?|billed|invoices?|invoiced|charged?|charges|pay|paid|paying|money|expens\w*|dearest|pric(?:e|ed|ey|iest|ing)|budget|\$|usd|eur|dollars?|euros?|burn(?:ed|ing)?|accru\w*|outlays?|expenditures?|charge ?backs?|show ?backs?|cloud consumption)\b|\$|€/i;
/** "what share is EC2", "average per day": of what, if not of cost. */
const measureWords =
  /\b(?:share|percent(?:age)?|proportion|average|avg|mean|breakdown|broken down|summar(?:y|ise|ize)|overview|totals?|totall?ed|amounts?|figures?)\b|%/i;
const resourceWords =
  /\b(?:resources?(?! ?groups?)|vms?|virtual machines?|machines?|servers?|disks?|databases?|dbs?|public ips?|ips?|ip addresses|storage accounts?|load balancers?|clusters?|instances?|nics?|network interfaces?|nsgs?|security groups?|gateways?|workspaces?|subnets?|snapshots?|app services?|web ?apps?|key ?vaults?|functions?|vnets?|(?:elastic|database) pools?|(?:sql|cosmos)\b)/i;

const whatRuns =
  /\bwhat\b.*\b(?:contains?|is (?:there )?(?:in|inside|within))\b|\b(?:contents? of|consists? of|belongs? to)\b|\bwhat(?:['’]s| is| are)? (?:all |still |currently )?(?:running|deployed|hosted|living|sitting)\b/i;
// "vm-web-001" is a name, no kind of thing.
const startsWithResource = new RegExp(
  `^(?:(?:all|our|my|the|any|every)\\s+)*(?:\\w+\\s+)?${resourceWords.source}(?![-_]\\w)`,
  "i",
);

/** In order: the first that fits is meant. */
/** What fails and how it scores is the assessment's to tell, whatever it is called. */
const scoreWords = /\b(?:scores?|scored|scoring|fail\w*|checks?|violat\w*|complian\w*)\b/i;

const rules: readonly IntentRule[] = [
  {
    intent: "thanks",
    pattern:
      /^\s*(?:thanks?(?: you)?|thx|ty|cheers|great|perfect|awesome|nice|cool|ok(?:ay)?|got it|good)(?:[\s,!.]+(?:thanks?(?: you)?|a lot|so much|very much|that helps|job|work))*[\s!.]*$/i,
  },
  {
    intent: "terms",
    pattern:
      /\bwhat (?:is|are|does)(?: an?| the)? (?:["'])?(?:amorti[sz]ed|effective|billed|list|contracted|net|unblended)(?: (?:cost|price|spend)s?)?["']?(?: mean| stand for)?\s*[?.!]*$|\b(?:define|meaning of|definition of|explain the term)\b|^\s*explain (?:the )?(?:amorti[sz]ed|effective|billed|list|contracted|net)(?: (?:cost|price)s?)?\s*[?.!]*$|\bwhat(?:'s| is) the difference between (?:effective|billed|amorti[sz]ed|list|contracted) (?:cost |price )?and (?:effective|billed|amorti[sz]ed|list|contracted)(?: (?:cost|price)s?)?\s*\?*$/i,
  },
  {
    intent: "help",
    pattern:
      /^\s*(?:hi|hello|hey|good (?:morning|afternoon|evening)|yo)(?: there)?[\s!.,]*$|^\s*help[\s!.?]*$|\bwhat (?:else )?(?:can|could|do) you (?:do|help|answer|know(?=\s*[?.!]*$))|^\s*what(?:['’]s| is) this(?: (?:thing|tool|app))?\s*[?.!]*$|\bwho are you\b|\bwhat are you\b|\bhow (?:can|do) (?:you help|i use (?:you|this))|\bwhat (?:can|should|could) i ask|\bwhat questions\b|\bhow does this work\b/i,
  },
  { intent: "violations", pattern: violationQuestion, unless: costWords },
  { intent: "metrics", pattern: metricsQuestion, unless: costWords },
  { intent: "unmanaged_disks", pattern: unmanagedDiskQuestion },
  { intent: "knowledge", pattern: knowledgeQuestion, unless: scoreWords },
  { intent: "assessment", pattern: assessmentQuestion, unless: /\bhow\b.*\btagg(?:ing|ed)\b/i },
  { intent: "search", pattern: ageOrSizeQuestion, unless: /\bdata\b(?! disks?)|\bwhy\b/i },
  { intent: "why_recommended", pattern: whyRecommended },
  { intent: "why_recommended", pattern: { test: asksForVerdict } },
  {
    intent: "change",
    pattern: dismisses,
    unless: /\b(?:which|what|how many|were|was|did|have|list|show)\b/i,
  },
  { intent: "realized", pattern: realizedQuestion, unless: notRealized },
  { intent: "savings_plan", pattern: savingsPlanQuestion },
  {
    intent: "allocation",
    pattern:
      /\b(?:un)?allocat(?:e|ed|es|ing|ions?)\b|\btag(?:ging)? coverage\b|\bhow (?:good|bad|well|complete|clean)\b[^?.]*\btagg(?:ing|ed)\b|\b(?:incl\w*\.?|with|plus) (?:its |their |the )?shared\s*[?.!]*$|\b(?:shared|split|spread|charged|distributed|divided) out (?:to|among|between|across|over)\b|\bcharged back to\b|\bshared (?:costs?|spend|services?|part)\b.*\b(?:split|spread|shared|divid\w*|distribut\w*|assign\w*|apportion\w*)\b|\b(?:split|spread|divid\w*|distribut\w*|apportion\w*)\b.*\bshared (?:costs?|spend|services?|part)\b|\b(?:incl\w*\.?|with|plus|and) (?:its |their |the |a |part of |share of )*shared (?:costs?|spend|services?|part)\b/i,
    unless:
      /\bde-?allocat|\b(?:services?|regions?|subscriptions?|groups?|providers?)(?: costs?| spend)? allocation\b/i,
  },
  {
    intent: "reconcile",
    pattern:
      /\breconcil\w*|\b(?:ties?|tied|tying) (?:out|up|in|back)\b|\b(?:match(?:es)?|agrees?|equals?|complete|correct|right)\b.*\b(?:with|to|against|as)?\b.*\b(?:invoice|azure['’]?s? (?:own )?(?:total|bill|portal|numbers?)|provider['’]?s?|portal)\b|\b(?:differ\w*|deviat\w*|gaps?|discrepanc\w*|mismatch\w*|off)\b.*\b(?:invoices?|provider|portal|azure['’]?s (?:own )?(?:bill|numbers?|total))\b|\binvoices?\b.*\b(?:differ\w*|deviat\w*|match\w*|agree\w*|discrepanc\w*)\b|\b(?:match(?:es)?|agrees?(?: with)?|equals?)\s+(?:with )?(?:azure|the (?:azure )?(?:portal|provider))\b(?! \w+ (?:cost|service))|\b(?:is|are|was)\b[^.?]*\b(?:invoices?|bills?|totals?|numbers|figures)\b (?:really |actually )?(?:right|correct|wrong|accurate|trustworthy)\s*[?.!]*$/i,
    unless: /\b(?:effective|amorti[sz]ed|list|contracted)\b/i,
  },
  { intent: "relationships", pattern: nodesQuestion, unless: costWords },
  { intent: "relationships", pattern: { test: (text) => findRelationships(text) !== undefined } },
  { intent: "resource_changes", pattern: resourceChangeQuestion, unless: costWords },
  { intent: "owner", pattern: ownerQuestion, unless: costWords },
  {
    intent: "forecast",
    pattern:
      /\b(?:forecasts?|forecasted|predict\w*|projections?|projected|extrapolat\w*|will(?! (?:you|be (?:able|possible)))\b|won['’]t\b|going to (?:cost|spend|pay|land|end|be|reach)|end(?:ing)? up (?:at|with|paying|spending|costing)|on (?:track|course) (?:to|for)|(?:where|what) are we heading|\beoy\b|year[- ]end|expect(?:ed)? to (?:spend|pay|cost)|run[- ]?rate|what if|would\b.*\bif|next (?:week|month|quarter|year|(?:\d+|few|two|three|six|twelve) (?:days|weeks|months|years))|by (?:the )?(?:year[- ]?end|end of (?:the |this )?(?:year|month|quarter))|end[- ]of[- ](?:month|year)|upcoming)\b/i,
    unless:
      /\bforecast (?:service|demand)\b|\b(?:would|could|will|can) (?:we |i |you |it |that |be )?(?:be )?sav(?:e|ed)\b|\bsavings?\b.*\bwould\b|\b(?:list|show|which|what|find)\b.*\b(?:savings?|wast\w+)\b/i,
  },
  {
    intent: "proposals",
    pattern:
      /\b(?:waiting|pending|open|needs?|awaiting)\b.*\b(?:approvals?|proposals?|decisions?)\b|\b(?:approvals?|proposals?)\b.*\b(?:waiting|pending|open|list|status|done|there)\b|\b(?:show|list|what|which|any|are there|how many)\b.*\b(?:approvals?|proposals?)\b|\bwho approved\b|\bwhat became of\b.*\b(?:change|proposal|plan)\b|\b(?:which|what|any|did|were|have)\b.*\b(?:changes?|remediations?|actions?)\b.*\b(?:made|done|executed|run|running|failed?|completed|in progress|carried out|fails?)\b|\bchanges? (?:you )?proposed\b/i,
    unless: /\b(?:cost|spend|bill|price)s?\b.*\bchanges?\b/i,
  },
  {
    intent: "change",
    pattern:
      /(?:^|\b(?:please|can you|could you|would you|will you|go ahead and|i want you to|you should|just|now|and|then|let'?s|need you to)\s+)(?:please\s+|go\s+|just\s+)*(?:delete|remove|get rid of|undo|roll ?back|revert|terminate|destroy|kill|drop|wipe|stop|shut ?down|turn off|switch off|power off|deallocate|(?:turn|switch|power|shut)(?=\s(?:\S+\s){1,6}?(?:off|down)\b)|restart|reboot|resize|downsize|right-?size|upgrade|downgrade|migrate|deploy|provision|launch|spin up|buy|purchase|approve|reject|execute|implement|clean ?up|detach|attach|retag|rename|cancel|disable|enable|grant|revoke|make me|archive|purge|release|unassign|(?:use|switch)(?=\s.*\bhybrid\b)|(?:move|change)(?=\s\S+ to (?:an? |the )?\w+ tier\b)|give(?=\s.*\b(?:access|permissions?|rights|roles?|admin)\b)|(?:add (?:the |a )?tags?|(?:tag|label) \S*[-_]\S*|set\s+\S+\s+to\s+\S+\s+on)\b|(?:set|change|modify|update|schedule|tag|label|fix|apply|start|move|create|scale)(?=\s(?:\w+\s){0,4}?(?:vms?|machines?|disks?|resources?|servers?|databases?|instances?|ips?|clusters?|accounts?|subscriptions?|access|permissions?|rights|roles?|admin|tags?|sizes?|budgets?|polic(?:y|ies)|settings?|recommendations?|proposals?)\b))\b(?!\s+(?:up|down)?\s*(?:over|trend))/i,
    unless: /^\s*(?:start|move|set)\s+(?:with|on|from)\b/i,
  },
  {
    intent: "freshness",
    unless: /\bcurrenc/i,
    pattern:
      /\b(?:fresh(?:ness)?|up[- ]to[- ]date|out ?of ?date|stale|how (?:old|recent|current|new|complete) (?:is|are)|(?:last|most recent(?:ly)?|latest) (?:updated?|refresh\w*|load\w*|import\w*|scann?\w*|sync\w*|ingest\w*|data)|when (?:was|were|did|is|are) .*(?:updated|refresh\w*|load\w*|import\w*|scann\w*|sync\w*|ingest\w*|data|arrive\w*)|data (?:until|available|coverage|range|gaps?|complete)|(?:which|what) (?:months?|periods?|days?|dates?|time ?frame|range|period|data) (?:do|does|is|are|have|of data)|data\b.*\b(?:in|there|here|arrived|ready|complete|loaded) (?:already|yet)|(?:today|yesterday)'?s (?:data|costs?) (?:in|there|loaded|available)|how far back|how much (?:data|history)|missing data|last (?:scan|import|sync)|how many (?:cost )?(?:rows|records|lines)|rows (?:are |were )?(?:loaded|imported)|where do (?:these|the|those|your) (?:numbers|figures|data) come from|do (?:you|we) have (?:any )?(?:data|costs? data)|(?:is|are|was|were) .{2,30} (?:complete|final|closed)(?=\s*[?.!]*$)|connections?\b.*\b(?:ok|okay|work\w*|fine|healthy|broken|status|state|fail\w*)|(?:which|what) (?:clouds?|connections?|tenants?) (?:are|is) (?:connected|there)|scans?\b.*\b(?:fail\w*|errors?|wrong|running|finds?|found|takes?|took|status|finish\w*|done)|permissions?\b.*\b(?:missing|lacking|problems?|issues?|errors?|denied)|(?:missing|problems? with|issues? with|lack\w*) (?:\w+ )?permissions?|(?:access|read) (?:is |was )?denied|(?:(?:can(?:no|['’]?)t|(?:can|could)(?: (?:you|we|it|i))? not|could(?: no|n['’])t|unable to|not able to|not allowed to|fail(?:ed)? to) (?:you |we |be )?(?:see|read|list|scan|access))|(?:is|are) (?:the|our|my|this|your) (?:\w+ )?(?:data|numbers|figures) (?:still |really )?(?:current|recent|fresh|complete|new|live|real[- ]time))\b/i,
  },
  {
    intent: "search",
    pattern:
      /\binventory\b|\bwhat\b.*\bcontains?\b|\bcontents? of\b|\bwhat (?:is|are)(?: there)? (?:all )?(?:inside|within)\b|\bwhat(?:['’]s| is| are)? (?:all |still |currently )?(?:running|deployed|hosted|living|sitting)\b|\beverything (?:in|under|tagged|with|of)\b/i,
    unless: costWords,
  },
  {
    intent: "savings",
    pattern:
      /\b(?:how much|what)\b.*\b(?:sav(?:e|ed|ing|ings)|be saved|cut|wast(?:e|ed|ing))\b|\b(?:potential|total|possible|estimated|annual|yearly|monthly|identified) savings?\b|\bsavings? (?:potential|total|possible|available|opportunit\w*)\b|\bsave in total\b|\bsavings? (?:per|a|each) (?:month|year)\b|\btotal waste\b|\bwaste in (?:total|dollars|euros|money|\$)|\b(?:idle|unused|unattached|orphan\w*|waste\w*)\b.*\bcost(?:s|ing)?\b|\b(?:total|sum|how much|what)\b.*\b(?:do|did|follow(?:ed)?|implement(?:ed)?|accept(?:ed)?|act(?:ed)? on) (?:all|everything|every (?:recommendation|one)|them all|the lot)\b|\b(?:share|percent\w*|proportion|fraction|part|how much) of\b.*\b(?:sav(?:e|ed|able)|waste[ds]?|avoid\w*)\b/i,
    unless:
      /\b(?:(?:biggest|largest|best|top|highest|single) (?:\w+ )?savings?|savings? plans?|list|which|show me|what (?:are|recommend|waste))\b|\bwhat (?:wast|(?:idle|unused))/i,
  },
  {
    intent: "recommendations",
    pattern:
      /\b(?:recommend\w*|suggest\w*|advice|advise|wast(?:es?|ed|ing|eful)|idle|idling|bored|unused|useless|pointless|superfluous|(?:not|\w+n['’]t|never|hardly|barely|rarely|no longer) (?:being |currently |really |even |actually |ever )*(?:used|attached|in use|needed|required|doing anything|busy|utili[sz]ed|active)|nobody (?:is using|needs)|(?:no|without) (?:load|activity|traffic|connections?|users?)\b(?=.*\b(?:vms?|machines?|servers?|disks?|ips?)\b)|(?:vms?|machines?|servers?|disks?|ips?|resources?)\b.*\b(?:doing nothing|sitting (?:around|idle)|for nothing|gathering dust)|unattached|orphan\w*|optimi[sz]\w*|cut (?:our |my |the )?(?:costs?|spend|bill)|reduce (?:our |my |the )?(?:costs?|spend\w*|bill)|lower (?:our |my |the )?(?:costs?|spend\w*|bill)|save (?:money|costs?|on)|cost[- ]sav\w*|savings?|sav(?:e|es) (?:us )?(?:the )?most|right-?siz\w*|under-?(?:used|utili[sz]ed)|over-?provisioned|zombie|(?:don['’]?t|do not|not|no longer|nobody|never) (?:really |actually |even )?(?:uses?|needs?)\b|without (?:using|any use|use)\b|low[- ]hanging|quick wins?|clean ?ups?|abandoned|forgotten|can (?:be|we|i) (?:turn(?:ed)? off|delete|remove|switch(?:ed)? off|shut|stop)|opportunit\w*)\b/i,
    unless: /\bsavings? plans?\b.*\b(?:cost|spend)/i,
  },
  {
    intent: "explain",
    pattern:
      /\bwhy\b|\bexplain\b|\bwhat(?:'s| is| has| was)? (?:caus\w+|drove|driving|drives|behind|made|happened|responsible|led|explains)\b|\b(?:reasons?|root cause|drivers?) (?:for|of|behind|that|why)\b|\bwhat changed\b|\b(?:which|what) (?:\w+ ){1,3}(?:drove|caused|drives?|is driving|are driving|explains?)\b|\bhow come\b|\b(?:is|are|was|were|lies?) behind\b|\bbehind (?:the|our|this)\b|\bwhat(?:'s| is) (?:going on|up|driving)\b|\baccounts? for the (?:increase|decrease|change|rise|drop)\b|(?<!\b(?:number one|biggest|largest|main|single biggest) )\bcost drivers?\b|\b(?:is|are|was|were|isn['’]?t|does|do)\b.*\b(?:normal|usual|typical|to be expected|in line|out of line|reasonable|look right|seem right|make sense|plausible)\b/i,
  },
  {
    intent: "trend",
    pattern:
      /\b(?:any|a|were there|was there|did we (?:have|see)|are there|is there|find|show)\b.*\b(?:spikes?|peaks?|surges?)\b|\bhow (?:fast|quickly|rapidly|steadily)\b.*\b(?:grow\w*|ris\w+|increas\w+|climb\w*|fall\w*|shrink\w*|declin\w+)\b|\bhow many (?:days|weeks|months)\b.*\b(?:over|above|under|below|more|less|exceed\w*|higher|lower|at least)\b|\bgrowth rate\b/i,
    unless: /\bwhy\b|\b(?:which|what) [\w ]+ (?:had|has|have|with|shows?|showed) the \w+ (?:growth|rate)/i,
  },
  {
    intent: "compare",
    pattern:
      /\b(?:vs\.?|versus|compar\w+|difference between|differ(?:s|ence)?|month[- ]over[- ]month|mom|week[- ]over[- ]week|year[- ]over[- ]year|yoy|quarter[- ]over[- ]quarter|qoq)\b|\b(?:grew|grow|grown|growing|growth|increas\w+|decreas\w+|ris(?:e|en|ing)|rose|fell|fallen|dropp\w+|declin\w+|jump\w*|spik\w+|chang\w+|climb\w*|shr[aiu]nk|doubl\w+|tripl\w+|halv\w+)\b.*\b(?:faster|quicker|slower|most|fastest|biggest|largest|least|between|from|since|than|last|this|in|over)\b|\b(?:biggest|largest|top|highest|fastest)\b.*\b(?:increases?|decreases?|changes?|growth|grow\w*|movers?|rises?|drops?|jumps?|risers?|fallers?|declines?|gainers?)\b|\bmovers\b|\b(?:more|less|higher|lower|cheaper|dearer) than\b|\b(?:got|get|getting|became|become) (?:more expensive|cheaper|dearer|less expensive)\b.*\b(?:last|this|since|than|in)\b|\b(?:costs?|charges?|services?|resources?|items?)\b.*\b(?:appear(?:ed|s)?|(?:are|is|were|was|came) new(?:ly)?)\b|\bnewly\b|\bon (?:track|course)\b(?! (?:to|for))|\bwhat(?:'s| is| has been)? new\b|\banything new\b|\bnew (?:services|resources|costs?|charges)\b.*|\b(?:up|down) (?:from|on|compared)\b|\bwent (?:up|down)\b|\b(?:did|have|has|are|is)\b.*\b(?:go|gone|going) (?:up|down)\b/i,
    unless:
      /\b(?:over time|trend|per (?:day|week|month)|daily|weekly|by (?:day|week|month)|month by month|(?:more|less|higher|lower|greater) than (?:[$€£]\s?)?\d[\d,.]*k?)\b|\bis our (?:spend\w*|cost|bill) going (?:up|down)\b/i,
  },
  {
    intent: "trend",
    pattern:
      /\b(?:trends?|trending|over time|timeline|history|histor\w+|evolution|evolv\w+|develop(?:ed|ing)?|(?:cost|spend|spending|price) development|development (?:of|over)|develop(?= (?:over|day|week|month|since|in)\b)|progress\w*|time ?series|plot|graph|curve|daily|weekly|monthly|day[- ]by[- ]day|week[- ]by[- ]week|month[- ]by[- ]month|(?:per|by|each|every) (?:day|week|month|quarter)|(?:which|what) (?:day|week|month|date)s?\b|peak|when did we spend|(?:most|least) expensive (?:day|week|month)|(?:cheapest|costliest|dearest|priciest|highest|lowest|biggest|smallest|worst|best|quietest) (?:\w+ )?(?:day|week|month)\b|going (?:up|down)|getting (?:more|less|cheaper|dearer)|ris(?:en|ing) since)\b/i,
    unless:
      /\b(?:average|avg|mean)\b|\bon (?:a )?(?:daily|monthly|weekly) (?:basis|average)\b|\bmonthly (?:bill|cost|spend) for\b/i,
  },
  {
    intent: "search",
    pattern:
      /\b(?:how many|count|number of|list|show|find|search|locate|name (?:the|all|our|every)|where (?:is|are|do|does)|which|what|do we have|are there|is there|give me|enumerate|inventory|look up|get|running|stopped|deallocated|exist)\b/i,
    unless: costWords,
  },
];

// "how many VMs do we have and what do they cost": of things that are counted, what they cost together.
const countsThings = /\b(?:how many|(?:the )?number(?: of|(?=\s*(?:and|&|\+|,|plus)))|counts?|quantity)\b/i;
const countAndCost =
  /\b(?:counts?|number|quantity)\b[^.?;]{0,40}?(?:\+|&|\/|,|and|plus)\s*(?:the |their |total |combined )*(?:costs?|spend|price|amount)\b|\b(?:costs?|spend|price)\s*(?:\+|&|\/|,|and|plus)\s*(?:the |their )?(?:counts?|number|quantity)\b/i;
const andTheirCost =
  /(?:\band\b|,|;|\?|&).*\b(?:how much|(?:what|how) (?:do|does|did|are|is) (?:they|these|those|it|all)|at what cost|their (?:total |combined )?(?:costs?|spend)|what (?:costs?|spend))\b|\bhow much\b.*(?:\band\b|,|&).*\bhow many\b/i;

/** What the question is for, by its words; undefined when no rule fits. */
export function findIntent(words: string): Intent | undefined {
  // The tag's name is not about cost: "resources without a cost center".
  const text = words.replace(/\bcost[- ]cent(er|re)/gi, "costcent$1");
  const isBoth = andTheirCost.test(text) || countAndCost.test(text);
  if (countsThings.test(text) && resourceWords.test(text) && isBoth) return "search";
  for (const { intent, pattern, unless } of rules) {
    const fits =
      (pattern.test(text) && !unless?.test(text)) || (intent === "recommendations" && namesFinding(text));
    if (!fits) continue;
    if (
      intent === "search" &&
      !resourceWords.test(text) &&
      !whatRuns.test(text) &&
      !/\beverything\b(?! (?:else|but|except|other))|^\s*(?:find|search(?: for)?|locate|look for|where(?: is|'s| are))\b/i.test(
        text,
      )
    )
      continue;
    return intent;
  }
  // "public IPs in north europe", "resources tagged Team = data": a list, when nothing is said of cost or time.
  if (startsWithResource.test(text) && !costWords.test(text) && !measureWords.test(text)) return "search";
  if (costWords.test(text) || measureWords.test(text)) return "cost";
  return undefined;
}

export function isAboutCost(text: string): boolean {
  return costWords.test(text);
}

/** Things people ask a FinOps product for that this one does not do yet: said plainly instead of tried. */
const notBuilt: readonly [RegExp, string][] = [
  [
    /\b(?:medians?|percentiles?|standard deviations?|variance|quartiles?)\b/i,
    "work out medians or percentiles",
  ],
  [
    /\b(?:by|per|which|what|each|every)\s+(?:service categor(?:y|ies)|skus?|meters?(?! categor)|sub-?categor(?:y|ies)|pricing (?:models?|categor(?:y|ies))|availability zones?|instance (?:types?|sizes?|famil(?:y|ies))|usage types?)\b/i,
    "break cost down by that (by service, region, resource group, subscription, provider, charge category, resource or tag it can)",
  ],
  [
    /\b(?:(?:has|have|having|with|at|of) (?:zero|no) costs?|(?:costs?|spen[dt]s?) (?:us )?(?:nothing|zero)|free of charge)\b|\b(?:zero|no)[- ]cost (?:resources?|services?|groups?)\b/i,
    "list what costs nothing",
  ],
  [
    /\b(?:did(?:n['’]t| not)|(?:has|have)(?:n['’]t| not)) change\b|\b(?:unchanged|stayed the same|remained (?:flat|stable|the same))\b/i,
    "list what stayed the same",
  ],
  [/\b(?:anomal\w+|unusual|outliers?|abnormal|weird|strange|odd|suspicious)\b/i, "find anomalies"],
  [
    /\b(?:budgets?)\b(?!.*\bresource)|\b(?:than|as|to|vs\.?|versus|against|over|above|under|below|within|from|off) (?:(?:we|it|was|were|is|had|have|has been|the|our|what) )*(?:planned|budgeted|plan(?=\s*[?.!]*$)|targets?)\b/i,
    "keep budgets",
  ],
  [/\b(?:polic(?:y|ies)|compliance|compliant|governance)\b/i, "check policies"],
  [/\b(?:carbon|co2|emissions?|sustainability)\b/i, "measure emissions"],
  [
    /\b(?:export|download|pdf|excel|csv|e-?mail|send|schedule)\b.*\b(?:report|it|this|me|list|table|data|weekly|monthly|file)\b|\b(?:pdf|excel|powerpoint)\b/i,
    "make or send files",
  ],
  [/\b(?:alert|notify|notification|remind)\b/i, "send alerts"],
];

export function findNotBuilt(text: string): string | undefined {
  return notBuilt.find(([pattern]) => pattern.test(text))?.[1];
}
