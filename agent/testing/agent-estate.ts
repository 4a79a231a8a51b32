import type { Database } from "@cloudoptima/db/client.ts";
import { costRow, loadRows } from "@cloudoptima/tools/costs/testing/load-rows.ts";
import type { Actor } from "@cloudoptima/tools/kernel/actor.ts";
import type { ToolService } from "@cloudoptima/tools/service/service.ts";
import { createTestService } from "@cloudoptima/tools/testing/test-service.ts";
import { createTestTools } from "@cloudoptima/tools/testing/test-tools.ts";
import type { Answer } from "../answer.ts";
import { collectAnswer } from "../collect-answer.ts";
import type { AgentModel } from "../models/agent-model.ts";
import { selectModel } from "../models/select-model.ts";
import { reply } from "../reply.ts";

export const now = "2026-11-23T12:00:00Z";

/** An organization with costs from January 2025 to November 2026 and a little AWS, behind the real tools. */
export interface AgentEstate {
  service: ToolService;
  actor: Actor;
  /** Another person of the same organization. */
  colleague: Actor;
  ask(message: string, options?: AskOptions): Promise<Answer>;
  startConversation(actor?: Actor): Promise<string>;
}

export interface AskOptions {
  model?: AgentModel;
  conversationId?: string;
  actor?: Actor;
  signal?: AbortSignal;
}

export async function createAgentEstate(
  database: Database,
  moreRows: Parameters<typeof loadRows>[2] = [],
): Promise<AgentEstate> {
  const tools = createTestTools({ database, now });
  const organization = await tools.createOrganization("Contoso");
  await loadRows(tools, organization, [...estateRows(), ...moreRows]);
  const actor = tools.actor(organization, "member");
  const service = createTestService(tools, { actor, now });
  return {
    service,
    actor,
    colleague: tools.actor(organization, "member"),
    ask: (message, options = {}) =>
      collectAnswer(
        reply({
          service,
          model: options.model ?? selectModel({}),
          actor: options.actor ?? actor,
          conversationId: options.conversationId ?? null,
          message,
          source: "web",
          signal: options.signal,
        }),
      ),
    async startConversation(owner = actor) {
      const { output } = await service.invoke({
        actor: owner,
        name: "create_conversation",
        input: {},
        source: "web",
      });
      return String(output.id);
    },
  };
}

const services = [
  {
    serviceName: "Virtual Machines",
    cost: 500,
    region: "westeurope",
    resourceGroup: "rg-web",
    resourceName: "vm-042",
    team: "web",
  },
  {
    serviceName: "Storage",
    cost: 200,
    region: "northeurope",
    resourceGroup: "rg-data",
    resourceName: "stlake",
    team: "data",
  },
  {
    serviceName: "SQL Database",
    cost: 300,
    region: "westeurope",
    resourceGroup: "rg-data",
    resourceName: "orders",
    team: "data",
  },
  {
    serviceName: "Bandwidth",
    cost: 50,
    region: "westeurope",
    resourceGroup: "rg-web",
    resourceName: "pip-web",
    team: "mobile",
  },
  {
    serviceName: "Azure OpenAI",
    cost: 20,
    region: "eastus",
    resourceGroup: "rg-dev",
    resourceName: "oai-test",
    team: "data",
  },
] as const;

function estateRows() {
  const rows = [];
  for (let month = 0; month < 23; month++) {
    const first = Temporal.PlainDate.from("2025-01-01").add({ months: month });
    for (const { cost, team, resourceName, ...place } of services) {
      for (const day of [0, 10, 20]) {
        rows.push(
          costRow({
            day: first.add({ days: day }).toString(),
            cost: `${cost + month * 2 + day}.25`,
            ...place,
            resourceName,
            resourceId: `/subscriptions/sub-1/resourcegroups/${place.resourceGroup}/providers/x/y/${resourceName}`,
            subAccountName: place.resourceGroup === "rg-dev" ? "Contoso Development" : "Contoso Production",
            subAccountId: place.resourceGroup === "rg-dev" ? "sub-2" : "sub-1",
            tags: {
              Team: team,
              Environment: place.resourceGroup === "rg-dev" ? "Development" : "Production",
              Owner: "platform",
            },
          }),
        );
      }
    }
  }
  for (const day of [
    "2024-09-03",
    "2024-09-17",
    "2026-07-05",
    "2026-08-05",
    "2026-09-05",
    "2026-06-05",
    "2026-05-05",
    "2026-04-05",
  ]) {
    for (const serviceName of ["Amazon Elastic Compute Cloud", "Amazon Simple Storage Service"]) {
      rows.push(
        costRow({
          day,
          cost: "12.5",
          provider: "aws",
          billingAccountId: "aws-1",
          subAccountId: "aws-1",
          subAccountName: "AWS main",
          serviceName,
          region: "us-east-1",
          resourceGroup: null,
        }),
      );
    }
  }
  return rows;
}
