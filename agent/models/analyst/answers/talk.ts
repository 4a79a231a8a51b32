import type { Thinking, Thought } from "../thought.ts";
import { choices } from "./write.ts";

const abilities = [
  "cost of any period in total or by service, region, resource group, subscription, tag or resource, and how it developed",
  "what changed from one period to another, and why; whether costs tie out with the provider, and how fresh they are",
  "whose cost it is after the allocation rules, and what no team has",
  "which resources there are, what belongs together, and what changed on them",
  "what is idle or oversized, why it is flagged or why it is not, what could be saved, in which order, and what was really saved",
  "how reservations and savings plans are used, and what more of them would have saved",
  "how well the estate is built (Well-Architected scores and checks), which policies it violates, and what guidance says",
  "proposals to stop, resize, delete or tag, which a person approves",
];
const starters = [
  "What did we spend last month by service",
  "Why did our bill change last month",
  "What waste do we have",
];

export function answerHelp(): Thought {
  return {
    say: `Ask about your cloud's cost in plain words. What can be answered now:\n${abilities.map((ability) => `- ${ability}\n`).join("")}Every figure links to the data it comes from.\n${choices(...starters)}`,
  };
}

/** What the cost kinds mean: the same words as in DESIGN and in the tools' schemas. */
export function answerTerms(): Thought {
  return {
    say: `How cost is counted here:\n- **effective** (amortized): after discounts, with what was paid ahead for reservations and savings plans spread over their use; it is meant unless you say otherwise\n- **billed**: as the invoice says\n- **contracted**: at your negotiated prices, before commitments\n- **list**: at public prices\nCredits and taxes are inside the total and said beside it.\n${choices("Billed vs effective cost last month", "What did we spend last month by service")}`,
  };
}

export function answerThanks(): Thought {
  return { say: `You're welcome.${choices(...starters)}` };
}

export function answerUnknown(): Thought {
  return {
    say: `That question was not understood, so nothing was looked up. What can be answered:\n${abilities.map((ability) => `- ${ability}\n`).join("")}${choices(...starters)}`,
  };
}

export function answerForecast(): Thought {
  return {
    say: `There is no forecast yet, so nothing can be said about days to come. What was spent until now can be shown.\n${choices("Monthly cost over the past year", "How did cost change since last month", "How much could we save")}`,
  };
}

export function answerNotBuilt({ question }: Thinking): Thought {
  return {
    say: `This product can't ${question.asked} yet. Costs, their changes, resources and savings can be answered.\n${choices(...starters)}`,
  };
}
