import type { Metadata } from "next";
import { RecommendationsPage } from "../../../../components/recommendations/recommendations-page.tsx";

export const metadata: Metadata = { title: "Recommendations" };

/** The page reads everything else from the address itself, so that opening another one leaves the list as it is. */
export default function Page() {
  return <RecommendationsPage />;
}
