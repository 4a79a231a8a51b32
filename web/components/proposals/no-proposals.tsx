import Link from "next/link";
import { Button } from "../ui/button.tsx";
import type { Group } from "./approval-groups.ts";

const words: Readonly<Record<Group, string>> = {
  waiting: "Nothing waits for approval",
  running: "No change is running",
  attention: "Nothing needs attention",
  done: "No change was made yet",
  closed: "Nothing was rejected, and nothing ran out",
};

/** An empty part of the list: what would be here, and how it comes about. */
export function NoProposals({ show }: { show: Group }) {
  return (
    <div className="rounded-lg border border-dashed px-6 py-14 text-center">
      <p className="font-medium">{words[show]}</p>
      <p className="mx-auto mt-1 max-w-sm text-muted">
        Ask for a change in the chat, such as “stop the idle VMs”. It is planned, shown here, and runs only
        once somebody approved it.
      </p>
      <Button asChild className="mt-4">
        <Link href="/">Ask</Link>
      </Button>
    </div>
  );
}
