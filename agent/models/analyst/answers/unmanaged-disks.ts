import type { CheckExplanation } from "@cloudoptima/tools/assessment/explain-check.tool.ts";
import type { Thinking, Thought } from "../thought.ts";
import { join, next, ref, sayError, word } from "./write.ts";

/** "do we have unmanaged disks", "any VHDs left": disks that are page blobs of a storage account. */
export const unmanagedDiskQuestion =
  /\b(?:un-?managed|non-?managed|not managed) (?:\w+ )?dis[ck]s?\b|\b(?:vhds?|page blobs?)\b/i;

/** Are all disks of the machine managed disks? */
const check = "REL-VM-02";
const LINES = 5;
const unseen =
  "VHD files in storage accounts that no machine uses can't be seen here: scans list resources, and page blobs are none. Look for them in the accounts (blobs of type page, lease state available).\n";

/** Which machines run on them is told by the machines; what lies beside them is not listed, and that is said. */
export function answerUnmanagedDisks({ results }: Thinking): Thought {
  if (results.length === 0) {
    return { calls: [{ name: "explain_check", input: { checkId: check, limit: LINES } }] };
  }
  const [result] = results;
  if (!result?.output) return { say: sayError(result!) };
  const { passedCount, failedCount, unknownCount, failing } = result.output as unknown as CheckExplanation;
  const at = result.call;
  const suggestion = next("Which disks are unattached");
  if (passedCount + failedCount + unknownCount === 0) {
    return {
      say: `Nothing tells whether a machine uses unmanaged disks: none was assessed yet.\n${unseen}${suggestion}`,
    };
  }
  const unknown = unknownCount > 0 ? ` Of ${ref(at, "/unknownCount")} the data does not tell (unknown).` : "";
  if (failedCount === 0) {
    return {
      say: `**None that a machine uses**: all ${ref(at, "/passedCount")} virtual machines whose disks are known passed that check, they use managed disks.${unknown}\n${unseen}${suggestion}`,
    };
  }
  const names = failing.map(({ name }) => `\`${name.replace(/[`{}]/g, "'")}\``);
  const more = failedCount > names.length ? ", and others" : "";
  return {
    say: `**Yes**: ${ref(at, "/failedCount")} virtual machine${failedCount === 1 ? " fails" : "s fail"} the check for managed disks: ${join(names)}${more}.${unknown}\n- ${word(result.output.fix)}\n${unseen}${suggestion}`,
  };
}
