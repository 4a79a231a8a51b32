"use client";
import { may } from "../../lib/may.ts";
import { useSession } from "../../lib/queries.ts";
import { CostSection } from "./cost-section.tsx";

/** How a file of any cloud comes in: from the machine that it lies on. */
export function ImportFile() {
  const { data: session } = useSession();
  if (!may(session, "costs:import")) return null;
  return (
    <CostSection
      title="Import a FOCUS file"
      text="AWS, Google Cloud or any other, FOCUS 1.0 to 1.4, as CSV, gz or Parquet; a folder with the parts of one export too."
    >
      <p className="text-sm">
        On the machine that CloudOptima runs on:{" "}
        <code className="[overflow-wrap:anywhere] rounded-sm bg-hover px-1.5 py-0.5 font-mono text-xs">
          npm run cloudoptima -- import focus FILE
        </code>
      </p>
      <p className="mt-1 text-muted text-sm">
        A billing period that was loaded before is replaced, the same file again changes nothing, and a file
        that is wrong anywhere loads nothing.
      </p>
    </CostSection>
  );
}
