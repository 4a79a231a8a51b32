"use client";
import { useQuery } from "@tanstack/react-query";
import { problemText } from "../../lib/api.ts";
import { may } from "../../lib/may.ts";
import { useSession } from "../../lib/queries.ts";
import { useTRPC } from "../../lib/trpc.ts";
import { Section, SettingsPage } from "../access/section.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { AddDocument } from "./add-document.tsx";
import { DocumentList } from "./document-list.tsx";
import { LookUp } from "./look-up.tsx";

/** The organization's own documents that answers quote, and a way to see what is found in them. */
export function KnowledgePage() {
  const trpc = useTRPC();
  const session = useSession();
  const allowed = may(session.data, "recommendations:read");
  const manages = may(session.data, "settings:manage");
  const documents = useQuery(trpc.list_knowledge.queryOptions({}, { enabled: allowed }));
  return (
    <SettingsPage
      title="Knowledge"
      text="Answers quote the Well-Architected guidance, which is here already, and your own documents."
    >
      {session.data && !allowed && (
        <p className="border-t py-6 text-muted">Your role does not look things up.</p>
      )}
      <Problem text={documents.isError ? problemText(documents.error) : null} />
      {allowed && (
        <Section title="Look up" text="What a question in the chat would be answered from.">
          <LookUp />
        </Section>
      )}
      {allowed && (
        <Section title="Your documents" text="Runbooks, standards, decisions.">
          {documents.isPending ? (
            <Skeleton className="h-24 rounded-lg" />
          ) : (
            <DocumentList documents={documents.data?.documents ?? []} manages={manages} />
          )}
        </Section>
      )}
      {manages && (
        <Section
          title="Add a document"
          text="A file, or text that you paste. It is cut into passages, each found for itself; everyone of your organization can read it in answers."
        >
          <AddDocument />
        </Section>
      )}
    </SettingsPage>
  );
}
