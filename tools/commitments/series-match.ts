/**
 * Whether a flexibility group ("Dsv5 Series") belongs to what a person calls a series: "Dsv5", "D-series", "Standard_D4s_v5",
 * "D". A family's letter alone leaves out its confidential kin (DC, EC), which are sold and reserved as families of their own.
 */
export function isOfSeries(group: string, asked: string): boolean {
  const own = plain(group);
  const wanted = plain(asked);
  if (wanted === "") return true;
  if (/^[de]$/.test(wanted) && own.startsWith(`${wanted}c`)) return false;
  return own.startsWith(wanted);
}

/** "Standard_D4s_v5" -> "dsv5": without the number of vCPUs. */
function plain(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/standard_|basic_|\b(?:vms?|machines?|virtual|the|all)\b|series|famil(?:y|ies)/g, "")
      .replace(/[^a-z0-9]/g, "")
      // The v before a digit is the version's, as in "dsv5".
      .replace(/^([a-uw-z]+)\d+(?=[a-z]|$)/, "$1")
  );
}
