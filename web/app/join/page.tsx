import type { Metadata } from "next";
import { JoinPage } from "../../components/access/join-page.tsx";

export const metadata: Metadata = { title: "Invitation" };

export default function Page() {
  return <JoinPage />;
}
