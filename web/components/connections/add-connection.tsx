"use client";
import { useQueryClient } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { trpcClient, useTRPC } from "../../lib/trpc.ts";
import { AccessForm } from "../access/access-form.tsx";
import { ChoiceField, readForm, TextField } from "../ui/field.tsx";
import { azureClouds } from "./connection-words.ts";

const identities = [
  { value: "service_principal", label: "Service principal" },
  { value: "host", label: "This host's own identity" },
] as const;

/** Connects an Azure tenant. The secret goes to the server once and never comes back. */
export function AddConnection({ isDemo }: { isDemo: boolean }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [identity, setIdentity] = useState<(typeof identities)[number]["value"]>("service_principal");
  const [azureCloud, setAzureCloud] = useState<(typeof azureClouds)[number]["value"]>("AzureCloud");
  const [added, setAdded] = useState<string | null>(null);
  const isPrincipal = identity === "service_principal";
  return (
    <div className="flex flex-col gap-4">
      {isDemo && <DemoEnds />}
      <AccessForm
        button="Add connection"
        busyButton="Adding it…"
        onSend={async (form) => {
          setAdded(null);
          const { name, ...principal } = readForm(form, ["name", "tenantId", "clientId", "clientSecret"]);
          await trpcClient.create_connection.mutate({
            name,
            identity,
            ...(isPrincipal ? { azureCloud, ...principal } : {}),
          });
          form.reset();
          setAdded(name);
          await queryClient.invalidateQueries(trpc.list_connections.pathFilter());
        }}
      >
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField label="Name" name="name" autoComplete="off" placeholder="Production" required />
          <ChoiceField
            label="Signs in as"
            value={identity}
            onPick={(picked) => setIdentity(picked)}
            options={identities}
          />
        </div>
        {isPrincipal ? (
          <>
            <div className="grid gap-3 sm:grid-cols-2">
              <ChoiceField
                label="Azure cloud"
                value={azureCloud}
                onPick={(picked) => setAzureCloud(picked)}
                options={azureClouds}
              />
              <TextField label="Directory (tenant) ID" name="tenantId" autoComplete="off" required />
              <TextField label="Application (client) ID" name="clientId" autoComplete="off" required />
              <TextField
                label="Client secret, its value"
                name="clientSecret"
                type="password"
                autoComplete="new-password"
                required
              />
            </div>
            <p className="text-faint text-xs">
              Give the application the roles Reader, Cost Management Reader and Monitoring Reader on the
              subscriptions to watch, and Storage Blob Data Reader to see unmanaged disks. The secret is kept
              encrypted and never shown again.
            </p>
          </>
        ) : (
          <p className="text-faint text-xs">
            The managed identity, environment or az login of the machine that CloudOptima runs on. It serves
            only the organization that the operator names in CLOUDOPTIMA_AZURE_ORGANIZATION.
          </p>
        )}
      </AccessForm>
      {added && (
        <p role="status" className="text-sm">
          {added} is added. Test it to see what it may read, then sync it.
        </p>
      )}
    </div>
  );
}

/** Before somebody locks everybody out: what connecting means for the demo. */
function DemoEnds() {
  return (
    <p className="flex gap-2.5 rounded-lg border bg-warn-soft px-3 py-2.5 text-sm">
      <TriangleAlert size={16} className="mt-0.5 shrink-0 text-warn" />
      <span>
        A real connection ends the demo's one-click sign-in, so an admin of this organization must have a
        password first. For your own data start with{" "}
        <code className="[overflow-wrap:anywhere] font-mono text-xs">CLOUDOPTIMA_DEMO=0 npm start</code>: it
        prints a link for the first admin, who then connects here.
      </span>
    </p>
  );
}
