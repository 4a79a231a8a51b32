import type { Metadata } from "next";
import { AssessmentPage } from "../../../components/assessment/assessment-page.tsx";

export const metadata: Metadata = { title: "Assessment" };

export default function Page() {
  return <AssessmentPage />;
}
