import type { Metadata } from "next";
import { ApprovalsPage } from "../../../../components/proposals/approvals-page.tsx";

export const metadata: Metadata = { title: "Approvals" };

/** The page reads the id from the address itself, so that opening another one leaves the list as it is. */
export default function Page() {
  return <ApprovalsPage />;
}
