import type { ProposalResult } from "@cloudoptima/tools/remediation/propose-all.ts";
import type { Question } from "../question.ts";
import type { CallResult } from "../turn.ts";
import type { ChangeRequest } from "../understand/find-change-request.ts";
import { saidNames } from "../understand/said-names.ts";
import { placeWords } from "./resource-filter-input.ts";
import { choices, eachMoney, join, next, ref, sayError, word } from "./write.ts";

/** What was proposed, what of it was left out, and who decides. */
export function sayProposed(
  results: readonly CallResult[],
  request: ChangeRequest,
  question: Question,
  missing: readonly string[],
): string {
  const said = results.flatMap((result) => (result.output ? sayPlans(result) : [sayError(result)]));
  const place = placeWords(question).map(word);
  const where = place.length > 0 ? ` in ${join(place)}` : "";
  const kept = results.some(({ output }) => output);
  const promise = kept ? "Nothing changes until a person approves it on the card." : "Nothing was proposed.";
  const unknown = missing.length > 0 ? `\n${notFound(missing, request)}.` : "";
  return `${said.join("\n")}${unknown}\n${promise}${next(kept && request.kind !== "tag" ? `What else is unused${where}` : "What is waiting for approval")}`;
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

/** Nothing that fits was found. */
export function nothingFound(question: Question, request: ChangeRequest, names: readonly string[]): string {
  const place = placeWords(question).map(word);
  const where = place.length > 0 ? ` in ${join(place)}` : "";
  const kind = request.kind === "stop" ? "nothing to stop" : "nothing of that kind to change";
  const why =
    names.length > 0
      ? notFound(names, request)
      : isAdvice(request)
        ? `Nothing of that kind is recommended${where}`
        : `There is ${kind}${where}`;
  return `${why}, so nothing was proposed.${next("What waste do we have")}`;
}

/** The change is what a recommendation says, so that those without one are not looked at further. */
const isAdvice = (request: ChangeRequest) => request.kind === "improve" && request.to === null;

function notFound(names: readonly string[], request: ChangeRequest): string {
  const named = join(names.map(word), "or");
  return isAdvice(request)
    ? `Nothing of that kind is recommended for ${named}`
    : `There is no resource named ${named}`;
}

/** What can be proposed, where nothing of it was asked for. */
export function cannot(): string {
  return `Nothing was changed. What can be proposed here: stopping and resizing virtual machines and shutting them down every night, resizing SQL databases or making them serverless, changing the kind of disks, deleting what nothing uses (disks, addresses, snapshots, network cards, load balancers, App Service plans), and setting tags; a person approves each.${choices("Stop the idle VMs", "What waste do we have", "How much could we save")}`;
}

/** Which resources are meant is asked, as the words leave it open: they never mean all. */
export function askWhichResources(unread: string | undefined): string {
  const why = unread
    ? `"${word(unread)}" could not be taken into account`
    : "it is not said which resources are meant";
  return `Nothing was proposed: ${why}, and a change is never taken to mean everything. Which ones? Name them, or say in which resource group, region or team.${choices("Stop the idle VMs", "What waste do we have", "List our virtual machines")}`;
}

/** The list that the words point at is no clear one. */
export function askWhichOfList({ call }: CallResult, problem: "empty" | "long" | "count" | "kinds"): string {
  const total = ref(call, "/totalCount");
  const why = {
    empty: "the answer before lists nothing",
    long: `the answer before is about **${total}** and shows only some of them`,
    count: `the answer before lists **${total}**`,
    kinds: `not all of the **${total}** in the answer before can be changed like that`,
  }[problem];
  return `Nothing was proposed: ${why}. Which ones do you mean? Name them, or say in which resource group, region or team.${choices("Stop the idle VMs", "What waste do we have")}`;
}

/** A name that several resources have. */
export function askWhichNamesake(name: string): string {
  return `Nothing was proposed: several resources are named ${word(name)}. Say in which resource group or subscription it is.${next("List our resources")}`;
}

/** A suppression is a person's own decision, so that no model can hide what costs money. */
export function cannotDismiss(question: Question): string {
  const [name] = saidNames(question);
  return `Nothing was changed: recommendations cannot be dismissed or suppressed from here. A person does it on the Recommendations page, for good or until a day; what is suppressed stands there under Suppressed.${next(name && `Why is ${word(name)} flagged`, "Which recommendations have been dismissed")}`;
}
