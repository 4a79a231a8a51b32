import type { ResourceSearchOutput } from "@cloudoptima/tools/discovery/search-resources.tool.ts";
import type { RecommendationList } from "@cloudoptima/tools/recommendations/list-recommendations.tool.ts";
import type { ProposalResult } from "@cloudoptima/tools/remediation/propose-all.ts";
import type { Question } from "../question.ts";
import type { Thinking, Thought } from "../thought.ts";
import type { CallResult } from "../turn.ts";
import { type ChangeRequest, findChangeRequest } from "../understand/find-change-request.ts";
import { findResources } from "../understand/find-resources.ts";
import { answerProposals } from "./proposals.ts";
import { placeWords, resourceFilterInput } from "./resource-filter-input.ts";
import { choices, eachMoney, join, next, ref, sayError, word } from "./write.ts";

const machines = "microsoft.compute/virtualmachines";
const disks = "microsoft.compute/disks";
const databases = "microsoft.sql/servers/databases";
const addresses = "microsoft.network/publicipaddresses";

/** What the words stop, delete or resize, by the type of the resource: the change, and whose findings are worth it. */
const changes: Record<
  "stop" | "delete" | "improve",
  Record<string, [change: string, recommendation: string]>
> = {
  stop: { [machines]: ["stop_vm", "idle_vm"] },
  delete: {
    [disks]: ["delete_disk", "unattached_disk"],
    [addresses]: ["delete_public_ip", "unused_public_ip"],
    "microsoft.compute/snapshots": ["delete_snapshot", "snapshot_cleanup"],
    "microsoft.network/networkinterfaces": ["delete_network_card", "orphaned_nic"],
    "microsoft.network/loadbalancers": ["delete_load_balancer", "idle_load_balancer"],
    "microsoft.web/serverfarms": ["delete_app_service_plan", "empty_app_service_plan"],
  },
  improve: {
    [machines]: ["resize_vm", "vm_rightsizing"],
    [databases]: ["resize_database", "database_rightsizing"],
    [disks]: ["change_disk_kind", "storage_tier"],
  },
};
/** What carries out a finding that is not a resource's usual improvement. */
const changeOf: Partial<Record<string, string>> = {
  auto_shutdown: "schedule_shutdown",
  serverless_candidate: "make_database_serverless",
};
const most = 50;
const aboutWaste =
  /\b(?:idle|unused|unattached|orphan\w*|wast\w*|recommend\w*|forgotten|abandoned|nobody|no one|not (?:used|needed|attached)|un(?:needed|necessary))\b/i;

/** Finds what is meant, proposes the change, and says what a person decides on; it changes nothing itself. */
export function answerChange(thinking: Thinking): Thought {
  const { results, tools } = thinking;
  const request = findChangeRequest(thinking.question.text);
  const question = "rest" in request ? withoutChoice(thinking.question, request) : thinking.question;
  if (request.kind === "decide") return answerDecision(thinking);
  if (request.kind === "other") return { say: cannot() };
  const proposed = results.filter(({ name }) => name === "propose_change");
  if (proposed.length > 0) return { say: sayProposed(proposed, request, question) };
  const [found] = results;
  if (!found) {
    // Without a name and a known kind everything would be meant.
    const { type } = findResources(question.text);
    const unclear =
      request.kind === "delete" && !namedResource(question) && !recommendationFor(request, type);
    return unclear ? { say: cannot() } : { calls: [lookUp(question, request)] };
  }
  if (!found.output) return { say: sayError(found) };
  const targets = readTargets(found, question, request);
  if (targets.length === 0) return { say: nothingFound(question, request) };
  const calls = proposals(targets, request);
  if (calls.length === 0) return { say: cannot() };
  const missing = calls.find(({ name }) => !tools.has(name));
  return missing ? { say: cannot() } : { calls };
}

/** The question about what is to be changed: the names of tags and sizes that it is to get are no filters. */
function withoutChoice(question: Question, { kind, rest }: ChangeRequest & { rest: string }): Question {
  const words = rest.toLowerCase();
  const choice = kind === "tag" ? "tag" : null;
  return {
    ...question,
    text: rest,
    filters: question.filters.filter(
      (filter) => filter.dimension !== choice && words.includes(filter.words.toLowerCase()),
    ),
    unknownNames: question.unknownNames.filter((name) => words.includes(name.words.toLowerCase())),
  };
}

/** Approving is for people: what waits is shown, nothing is decided. */
function answerDecision(thinking: Thinking): Thought {
  if (!thinking.tools.has("list_proposals")) return { say: onlyPeople };
  const thought = answerProposals({
    ...thinking,
    question: { ...thinking.question, text: "waiting for approval" },
  });
  return "say" in thought ? { say: `${onlyPeople}\n\n${thought.say}` } : thought;
}

const onlyPeople =
  "Nothing was changed. Only a person decides: on the Approvals page, by a button in Slack or Teams, or in the terminal with the password.";

function cannot(): string {
  return `Nothing was changed. What can be proposed here: stopping and resizing virtual machines and shutting them down every night, resizing SQL databases or making them serverless, changing the kind of disks, deleting what nothing uses (disks, addresses, snapshots, network cards, load balancers, App Service plans), and setting tags; a person approves each.${choices("Stop the idle VMs", "What waste do we have", "How much could we save")}`;
}

interface Target {
  id: string;
  /** Null: nothing here does that to it. */
  change: string | null;
}

/** Named resources are searched by name; "idle", "unused" and the like mean what the rules found. */
function lookUp(
  question: Question,
  request: ChangeRequest,
): { name: string; input: Record<string, unknown> } {
  const named = namedResource(question);
  const { type } = findResources(question.text);
  const recommendation = recommendationFor(request, type);
  const { text: _text, ...place } = resourceFilterInput(question);
  // Only what nothing uses may be deleted, so deleting always starts from what the rules found; so does a size.
  const wasteOnly = request.kind === "delete" || aboutWaste.test(question.text);
  const isRecommended = request.kind === "improve" ? request.to === null : !named && wasteOnly;
  if (recommendation && isRecommended) {
    const resource = named ? { resource: named } : {};
    return {
      name: "list_recommendations",
      input: { ...place, ...resource, type: recommendation, limit: most },
    };
  }
  return {
    name: "search_resources",
    input: {
      ...place,
      ...(named ? { text: named } : {}),
      ...(!named && type ? { type } : {}),
      ...(!named && request.kind === "stop" ? { type: machines, status: "running" } : {}),
      limit: most,
    },
  };
}

function recommendationFor(request: ChangeRequest, type: string | undefined): string | null {
  if (request.kind === "improve") return request.recommendation;
  if (request.kind === "stop") return changes.stop[machines]![1];
  return request.kind === "delete" && type ? (changes.delete[type]?.[1] ?? null) : null;
}

/** A resource's own name in the person's words, whether the bill knows it or not. */
function namedResource({ text, filters, unknownNames }: Question): string | undefined {
  const known = filters.find(({ dimension, exclude }) => dimension === "resource" && !exclude);
  const looksNamed = /\b[a-z][a-z0-9]*(?:[-_][a-z0-9]+){1,}\b/gi;
  const groups = new Set(
    filters.filter(({ dimension }) => dimension !== "resource").map(({ words }) => words.toLowerCase()),
  );
  const written = [...text.matchAll(looksNamed)]
    .map(([name]) => name)
    .find(
      (name) =>
        !groups.has(name.toLowerCase()) && /\d|^(?:vm|disk|pip|snap)-/i.test(name) && !/^rg-/i.test(name),
    );
  return known?.words ?? written ?? unknownNames.find(({ words }) => /[-_]/.test(words))?.words;
}

function readTargets(found: CallResult, question: Question, request: ChangeRequest): Target[] {
  const { kind } = request;
  if (found.name === "list_recommendations") {
    const { rows } = found.output as unknown as RecommendationList;
    return rows.map(({ resource, remediation }) => ({ id: resource.id, change: remediation }));
  }
  const { rows } = found.output as unknown as ResourceSearchOutput;
  const named = namedResource(question)?.toLowerCase();
  const exact = rows.filter(({ name }) => name.toLowerCase() === named);
  const changesOf = kind === "stop" || kind === "delete" || kind === "improve" ? changes[kind] : {};
  const own = request.kind === "improve" ? changeOf[request.recommendation] : undefined;
  return (exact.length > 0 ? exact : rows)
    .filter(({ knownFrom }) => knownFrom === "inventory")
    .map(({ id, type }) => ({
      id,
      change: kind === "tag" ? "add_tags" : (own ?? changesOf[type]?.[0] ?? null),
    }));
}

/** One call for each kind of change: "remove the unused disks and IPs" are two plans. */
function proposals(
  targets: readonly Target[],
  request: ChangeRequest,
): { name: string; input: Record<string, unknown> }[] {
  const choices =
    request.kind === "tag"
      ? { tags: Object.entries(request.tags).map(([name, value]) => ({ name, value })) }
      : request.kind === "improve" && request.to
        ? { to: request.to }
        : {};
  return [...Map.groupBy(targets, ({ change }) => change)].flatMap(([change, same]) =>
    change ? [{ name: "propose_change", input: { change, resources: idsOf(same), ...choices } }] : [],
  );
}

const idsOf = (targets: readonly Target[]) => targets.slice(0, most).map(({ id }) => id);

function sayProposed(results: readonly CallResult[], request: ChangeRequest, question: Question): string {
  const said = results.flatMap((result) => (result.output ? sayPlans(result) : [sayError(result)]));
  const place = placeWords(question).map(word);
  const where = place.length > 0 ? ` in ${join(place)}` : "";
  const kept = results.some(({ output }) => output);
  const promise = kept ? "Nothing changes until a person approves it on the card." : "Nothing was proposed.";
  return `${said.join("\n")}\n${promise}${next(kept && request.kind !== "tag" ? `What else is unused${where}` : "What is waiting for approval")}`;
}

const verbs: Record<string, [string, string, string]> = {
  stop_vm: ["Stopping", "virtual machine", "virtual machines"],
  delete_disk: ["Deleting", "disk", "disks"],
  delete_public_ip: ["Deleting", "public IP address", "public IP addresses"],
  resize_vm: ["Resizing", "virtual machine", "virtual machines"],
  schedule_shutdown: ["Shutting down every night", "virtual machine", "virtual machines"],
  make_database_serverless: ["Making serverless", "SQL database", "SQL databases"],
  change_access_tier: ["Changing the tier of", "storage account", "storage accounts"],
  use_own_licence: ["Using own licences on", "machine", "machines"],
  change_disk_kind: ["Changing the kind of", "disk", "disks"],
  resize_database: ["Resizing", "SQL database", "SQL databases"],
  delete_snapshot: ["Deleting", "snapshot", "snapshots"],
  delete_network_card: ["Deleting", "network card", "network cards"],
  delete_load_balancer: ["Deleting", "load balancer", "load balancers"],
  delete_app_service_plan: ["Deleting", "App Service plan", "App Service plans"],
  add_tags: ["Setting the tags on", "resource", "resources"],
};

function sayPlans({ call, input, output }: CallResult): string[] {
  const { proposals: plans, leftOut } = output as unknown as ProposalResult;
  const [verb, one, many] = verbs[String(input.change)] ?? ["Changing", "resource", "resources"];
  const lines = plans.map((plan, index) => {
    const base = `/proposals/${index}`;
    const saving = eachMoney(call, `${base}/monthlySavings`, plan.monthlySavings);
    const what = `${verb} **${ref(call, `${base}/resourceCount`)}** ${plan.resourceCount === 1 ? one : many}`;
    const saves = saving.length > 0 ? ` saves **${join(saving)}** a month at your rates` : " is proposed";
    const waits = plan.merged ? "; it was waiting for approval already" : "";
    return `${what}${saves}${waits}. Risk ${plan.risk}${plan.reversible ? ", can be undone" : ", cannot be wholly undone"}.`;
  });
  const [first] = leftOut;
  if (!first) return lines;
  // Reasons with figures of their own stand in the tool's result; here they would be figures without a proof.
  const why = /\d/.test(first.reason) ? "the tool's result says why" : word(first.reason.replace(/\.$/, ""));
  return [...lines, `Left out: ${ref(call, "/leftOutCount")} (${why}).`];
}

function nothingFound(question: Question, request: ChangeRequest): string {
  const named = namedResource(question);
  const place = placeWords(question).map(word);
  const where = place.length > 0 ? ` in ${join(place)}` : "";
  if (request.kind === "improve" && request.to === null) {
    const whose = named ? ` for ${word(named)}` : where;
    return `Nothing of that kind is recommended${whose}, so nothing was proposed.${next("What waste do we have")}`;
  }
  const what = named
    ? `no resource named ${word(named)}`
    : request.kind === "stop"
      ? "nothing to stop"
      : "nothing of that kind to change";
  return `There is ${what}${where}, so nothing was proposed.${next("What waste do we have")}`;
}
