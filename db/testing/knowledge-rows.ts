import { randomUUID } from "node:crypto";
import { now, randomId, type TenantRows } from "./tenant-row.ts";

export const knowledgeRows: TenantRows = {
  knowledge_documents: (organization_id) => {
    const id = randomUUID();
    return {
      id,
      organization_id,
      kind: "document",
      key: id,
      title: "t",
      content_hash: id,
      characters: 1,
      created_at: now,
    };
  },
  knowledge_passages: (organization_id, { documentId }) => ({
    organization_id,
    document_id: documentId,
    position: randomId(),
    title: "t",
    body: "b",
  }),
};
