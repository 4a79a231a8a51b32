import { AppError } from "../kernel/errors.ts";
import { type ReportType, type SectionName, sectionNames, typeSections } from "./report-types.ts";

/** A report's sections in the order they are printed, each once. Throws invalid_input where the type leaves no choice. */
export function chooseSections(type: ReportType, chosen: readonly SectionName[] | undefined): SectionName[] {
  if (type !== "custom") {
    if (!chosen) return [...typeSections[type]];
    throw new AppError("invalid_input", "Only a custom report chooses its sections.", {
      hint: 'Leave "sections" out, or ask for reportType "custom".',
    });
  }
  if (chosen) return sectionNames.filter((section) => chosen.includes(section));
  throw new AppError("invalid_input", "A custom report needs its sections.", {
    hint: `Choose from: ${sectionNames.join(", ")}.`,
  });
}
