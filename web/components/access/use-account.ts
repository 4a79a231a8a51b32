import type { ListedSession } from "@cloudoptima/tools/access/browser-sessions.ts";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../lib/api.ts";

export interface Account {
  name: string;
  email: string;
  role: string;
  organization: string;
  /** Signed in by the demo's one click, or with a password that it set. */
  demo: boolean;
  hasPassword: boolean;
  /** ISO time at which this session's password was last given. */
  signedInAt: string | null;
  sessions: ListedSession[];
}

export const accountKey = ["account"];

export function useAccount(enabled = true) {
  return useQuery({ queryKey: accountKey, queryFn: () => api<Account>("/account"), enabled });
}
