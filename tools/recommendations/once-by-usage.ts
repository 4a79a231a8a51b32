import type { HourlyUsage } from "./hourly-usage.ts";

/** The same answer for the same measurements, worked out once: several rules ask the same of each of 20,000 machines. */
export function onceByUsage<Answer>(workOut: (usage: HourlyUsage) => Answer): (usage: HourlyUsage) => Answer {
  const answers = new WeakMap<HourlyUsage, { answer: Answer }>();
  return (usage) => {
    let kept = answers.get(usage);
    if (!kept) {
      kept = { answer: workOut(usage) };
      answers.set(usage, kept);
    }
    return kept.answer;
  };
}
