"use client";
import { ChargesApart } from "./charges-apart.tsx";
import type { CostsPartProps } from "./costs-page.tsx";
import { ImportFile } from "./import-file.tsx";
import { Loads } from "./loads.tsx";
import { ReconciliationPart } from "./reconciliation-part.tsx";

/** Which costs there are, how fresh, whether they tie out with the provider, and what of them is no plain usage. */
export function DataPart({ address, month, onChange }: CostsPartProps) {
  return (
    <>
      <Loads />
      {month && (
        <>
          <ReconciliationPart month={month} kind={address.kind} onChange={onChange} />
          <ChargesApart month={month} />
        </>
      )}
      <ImportFile />
    </>
  );
}
