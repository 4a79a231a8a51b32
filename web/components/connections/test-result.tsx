import type { ConnectionTest } from "@cloudoptima/tools/connections/test-shapes.ts";
import { Check, CircleHelp, CircleX, X } from "lucide-react";
import { moment } from "../access/moment.ts";
import { Button } from "../ui/button.tsx";

const signs = {
  allowed: { icon: Check, className: "text-better", word: "allowed" },
  missing: { icon: CircleX, className: "text-worse", word: "missing" },
  unknown: { icon: CircleHelp, className: "text-warn", word: "unknown" },
} as const;

const headlines = {
  ok: "Everything works.",
  limited: "It works, but not all of it.",
  failed: "It does not work yet.",
} as const;

/** What a test found: the sign-in, then each subscription with what it may and what is missing. */
export function TestResult({ tested, onClose }: { tested: ConnectionTest; onClose(): void }) {
  const { state, signIn, costSource, subscriptions, testedAt } = tested;
  return (
    <div role="status" className="mt-3 rounded-md border bg-background px-3 py-2.5 text-sm">
      <div className="flex items-start gap-2">
        <p className="min-w-0 flex-1">
          <span className="font-medium">{headlines[state]}</span> {signIn.message}{" "}
          <span className="text-muted">{signIn.hint}</span>
        </p>
        <Button size="icon-small" variant="ghost" aria-label="Close the test's result" onClick={onClose}>
          <X size={14} />
        </Button>
      </div>
      {costSource && (
        <p className="mt-2 border-t pt-2 break-words">
          <span className="font-medium">Cost exports</span>{" "}
          <span className={costSource.ok ? "text-muted" : ""}>{costSource.message}</span>{" "}
          <span className="text-muted">{costSource.hint}</span>
        </p>
      )}
      {subscriptions.map((subscription) => (
        <Subscription key={subscription.id} subscription={subscription} />
      ))}
      <p className="mt-2 text-faint text-xs">Tested {moment(testedAt)}; nothing was changed.</p>
    </div>
  );
}

function Subscription({ subscription }: { subscription: ConnectionTest["subscriptions"][number] }) {
  const { name, message, capabilities } = subscription;
  // One sentence for all of it says more than the same sentence for each.
  const explained = message ? [message] : capabilities.flatMap((capability) => capability.message ?? []);
  return (
    <div className="mt-2 border-t pt-2">
      <p className="font-medium">{name}</p>
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
        {capabilities.map((capability) => {
          const { icon: Icon, className, word } = signs[capability.state];
          return (
            <li key={capability.name} className="inline-flex items-center gap-1 text-muted">
              <Icon size={13} className={className} aria-hidden />
              {capability.title}
              <span className="sr-only">: {word}</span>
            </li>
          );
        })}
      </ul>
      {explained.map((text) => (
        <p key={text} className="mt-1 break-words">
          {text}
        </p>
      ))}
    </div>
  );
}
