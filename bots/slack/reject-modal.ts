import type { types } from "@slack/bolt";
import { z } from "zod";
import { type ButtonPayload, readPayload, writePayload } from "../approvals.ts";

export const rejectModal = "proposal_reject_reason";
const reasonBlock = "reason";
const reasonInput = "text";
const longestReason = 500;

/** Where the answer to a submitted modal is shown. */
export interface ModalPlace {
  channelId: string;
  threadTs: string | undefined;
}

const Metadata = z.object({
  payload: z.string(),
  channelId: z.string(),
  threadTs: z.string().optional(),
});

/** Asks why a proposal is rejected. */
export function toRejectModal(payload: ButtonPayload, place: ModalPlace): types.ModalView {
  return {
    type: "modal",
    callback_id: rejectModal,
    private_metadata: JSON.stringify({ payload: writePayload(payload), ...place }),
    title: { type: "plain_text", text: "Reject this change" },
    submit: { type: "plain_text", text: "Reject" },
    close: { type: "plain_text", text: "Cancel" },
    blocks: [
      {
        type: "input",
        block_id: reasonBlock,
        label: { type: "plain_text", text: "Why?" },
        hint: { type: "plain_text", text: "The proposer and the audit log see it." },
        element: {
          type: "plain_text_input",
          action_id: reasonInput,
          multiline: true,
          min_length: 1,
          max_length: longestReason,
        },
      },
    ],
  };
}

const Submitted = z.object({
  private_metadata: z.string(),
  state: z.object({
    values: z.object({
      [reasonBlock]: z.object({
        [reasonInput]: z.object({ value: z.string().max(longestReason).nullable() }),
      }),
    }),
  }),
});

/** A submitted modal: what it rejects, why, and where to answer. */
export function readRejection(view: unknown): { payload: ButtonPayload; reason: string; place: ModalPlace } {
  const { private_metadata, state } = Submitted.parse(view);
  const { payload, channelId, threadTs } = Metadata.parse(JSON.parse(private_metadata));
  return {
    payload: readPayload(payload),
    reason: (state.values[reasonBlock]?.[reasonInput]?.value ?? "").trim(),
    place: { channelId, threadTs },
  };
}
