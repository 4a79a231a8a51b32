"use client";
import { sectionNames, sectionTitles } from "@cloudoptima/tools/reports/report-types.ts";

/** What a custom report tells. */
export function SectionChoice() {
  return (
    <fieldset>
      <legend className="pb-1 text-muted text-xs">Sections</legend>
      <div className="grid gap-x-3 gap-y-1 rounded-md border bg-surface p-2.5 sm:grid-cols-2">
        {sectionNames.map((section) => (
          <label key={section} className="flex min-h-6 items-center gap-2 text-sm">
            <input
              type="checkbox"
              name="section"
              value={section}
              defaultChecked={section === "costs"}
              className="size-4 accent-(--accent)"
            />
            {sectionTitles[section]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
