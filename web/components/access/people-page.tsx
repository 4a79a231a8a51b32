"use client";
import { useQuery } from "@tanstack/react-query";
import { problemText } from "../../lib/api.ts";
import { may } from "../../lib/may.ts";
import { useSession } from "../../lib/queries.ts";
import { useTRPC } from "../../lib/trpc.ts";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { InviteForm } from "./invite-form.tsx";
import { OpenInvitations } from "./open-invitations.tsx";
import { OrganizationForm } from "./organization-form.tsx";
import { PeopleTable } from "./people-table.tsx";
import { Section, SettingsPage } from "./section.tsx";

/** Who belongs to the organization and may do what; for admins. */
export function PeoplePage() {
  const trpc = useTRPC();
  const session = useSession();
  const allowed = may(session.data, "people:manage");
  const people = useQuery(trpc.list_people.queryOptions({}, { enabled: allowed }));
  const settings = useQuery(trpc.get_organization_settings.queryOptions({}, { enabled: allowed }));
  const organization = session.data?.organization?.name ?? "your organization";
  return (
    <SettingsPage title="People" text={`Who belongs to ${organization}, and what they may do.`}>
      {!allowed && <p className="border-t py-6 text-muted">Only an admin sees and changes people.</p>}
      <Problem text={people.isError ? problemText(people.error) : null} />
      {allowed && people.isPending && <Skeleton className="h-72 rounded-lg" />}
      {people.data && (
        <>
          <PeopleTable people={people.data.people} ownId={session.data?.person?.id ?? ""} />
          <div className="h-8" />
          <Section
            title="Invite"
            text="Makes a link that works once, for a week. Nothing is sent: hand it over yourself."
          >
            <InviteForm />
          </Section>
          {people.data.invitations.length > 0 && (
            <Section title="Open invitations" text="Links that were not used yet.">
              <OpenInvitations invitations={people.data.invitations} />
            </Section>
          )}
          {settings.data && (
            <Section title="Organization" text="What counts for everybody here.">
              <OrganizationForm settings={settings.data} />
            </Section>
          )}
        </>
      )}
    </SettingsPage>
  );
}
